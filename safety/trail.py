"""The words of the acts that this app leaves in the audit trail."""

from django.utils.translation import gettext_lazy as _

from toolkit.audit_words import name_verbs

name_verbs(
    listed=_("生成点名名单"),
    added=_("加入点名名单"),
    told=_("登记点名情况"),
    taken_back=_("撤回点名登记"),
    tap_taken=_("采用手机的点名登记"),
    tap_set_aside=_("不采用手机的点名登记"),
    posted=_("安排包干楼幢、安置点值守"),
    post_withdrawn=_("撤回安置点值守"),
    destroyed=_("销毁点名数据"),
)

"""What verbs of the trail mean that only this app writes."""

from django.utils.translation import gettext_lazy as _

from toolkit.audit_words import name_verbs

name_verbs(invited=_("打印会议请柬"), attended=_("登记会议签到"))
name_verbs(
    registered=_("登记选民"),
    left=_("退出选举委员会"),
    substituted=_("依次递补"),
    elected=_("当选"),
    opened=_("开始移交"),
)
name_verbs(
    renewed=_("登记成立或换届"),
    upgraded=_("党组织升格"),
    marked=_("登记成绩"),
)

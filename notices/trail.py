"""The words of the acts that this app leaves in the audit trail."""

from django.utils.translation import gettext_lazy as _

from toolkit.audit_words import name_verbs

name_verbs(
    attached=_("添加附件"),
    detached=_("移除附件"),
    addressed=_("选择楼幢"),
)

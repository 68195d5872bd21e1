"""The words of the acts that this app leaves in the audit trail."""

from django.utils.translation import gettext_lazy as _

from toolkit.audit_words import name_verbs

name_verbs(
    {"taken-along": _("带名单离线")},
    enrolled=_("列入走访"),
    corrected=_("更正"),
    entered=_("记入台账"),
    struck=_("作废"),
)

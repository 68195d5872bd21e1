"""The words of the acts that this app leaves in the audit trail."""

from django.utils.translation import gettext_lazy as _

from toolkit.audit_words import name_verbs

name_verbs(ordered=_("安排生成报表"), produced=_("生成报表"), restated=_("说明更正"))

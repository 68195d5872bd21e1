"""What verbs of the trail mean that only this app writes."""

from django.utils.translation import gettext_lazy as _

from toolkit.audit_words import name_verbs

name_verbs(
    renewed=_("登记成立或换届"),
    upgraded=_("党组织升格"),
    marked=_("登记成绩"),
)

"""What a visit may be entered as for self-governance: what residents propose."""

from django.utils.translation import gettext_lazy as _

from visits.ledgers import ledger, text

SUGGESTION = ledger(
    "governance.suggestion",
    label=_("居民建议"),
    about=_("走访中听到的意见建议。"),
    icon="request",
    asks=(text(_("建议内容")),),
)

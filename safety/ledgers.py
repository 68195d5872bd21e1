"""What a visit may be entered as for safety: clues of disputes, and hazards seen."""

from django.utils.translation import gettext_lazy as _

from visits.ledgers import choice, ledger, text

HAZARDS = (
    ("fire-lane", _("消防通道")),
    ("wiring", _("用电")),
    ("gas", _("燃气")),
    ("e-bike", _("电动车")),
    ("building", _("房屋")),
    ("other", _("其他")),
)

DISPUTE_CLUE = ledger(
    "safety.dispute_clue",
    label=_("矛盾纠纷线索"),
    about=_("走访中听到的矛盾纠纷。"),
    icon="speak",
    asks=(text(_("纠纷情况"), hint=_("谁和谁、为什么事")),),
)
HAZARD = ledger(
    "safety.hazard",
    label=_("安全隐患"),
    about=_("走访地点看到的安全隐患。"),
    icon="alert",
    asks=(
        choice(_("隐患类别"), HAZARDS),
        text(_("隐患描述"), hint=_("在什么位置、什么情况")),
    ),
    # A stairway can be blocked where nobody opens.
    needs_meeting=False,
)

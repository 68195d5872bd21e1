"""What a visit may be entered as for services: condolences and cared-for homes."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from communities.models import Resident
from visits.ledgers import choice, count, ledger, minutes, money, receipt, text

# From this age on people are visited as elderly (老年人权益保障法 2).
ELDERLY_FROM = 60
OCCASIONS = (
    ("spring", _("春节")),
    ("double-ninth", _("重阳节")),
    ("illness", _("生病住院")),
    ("hardship", _("临时困难")),
    ("bereavement", _("亲人去世")),
    ("other", _("其他")),
)
CHANGES = (
    ("same", _("没有变化")),
    ("changed", _("有变化，要复核")),
)


def money_or_goods(answers: dict) -> dict[str, str]:
    """A condolence brings money, goods or both (F037)."""
    if answers.get("amount") or answers.get("text"):
        return {}
    return {"amount": gettext("慰问金和慰问品至少填一项。")}


def is_elderly(subject) -> bool:
    """Answer whether a person may be old enough; in a household anybody may live."""
    age = subject.age if isinstance(subject, Resident) else None
    return age is None or age >= ELDERLY_FROM


CONDOLENCE = ledger(
    "services.condolence",
    label=_("慰问"),
    about=_("送慰问金或慰问品。"),
    icon="heart",
    fits=("resident", "household"),
    asks=(
        choice(_("慰问事由"), OCCASIONS),
        money(_("慰问金"), is_required=False),
        text(_("慰问品"), is_required=False, most=60),
        receipt(_("签收"), hint=_("谁签收，或收据编号")),
    ),
    check=money_or_goods,
)
ELDERLY = ledger(
    "services.elderly_visit",
    label=_("老年人探访"),
    about=_("看望60岁以上老年人。"),
    icon="elder",
    fits=("resident", "household"),
    applies=is_elderly,
    rules=("alone-80", "aged-90", "empty-nest-80", "disabled-60", "special-family"),
)
LOW_INCOME = ledger(
    "services.low_income_visit",
    label=_("低收入家庭走访"),
    about=_("了解家庭收入和人口有没有变化（社会救助法第四十六条）。"),
    icon="house",
    fits=("resident", "household"),
    asks=(choice(_("家庭收入和人口"), CHANGES, first="same"),),
    rules=("low-income", "destitute"),
)
VOLUNTEERS = ledger(
    "services.volunteering",
    label=_("志愿服务"),
    about=_("志愿者一起上门的人数和时间。"),
    icon="team",
    asks=(
        count(_("志愿者"), unit=_("人")),
        minutes(_("志愿服务时长"), hint=_("每人多少分钟")),
    ),
)

"""Checks of what a clerk types about a person: document, phone, duplicates."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from communities import codes
from communities.actions.population import possible_kinds
from communities.actions.residents import id_blind
from communities.identity import (
    check_id,
    check_phone,
    describe,
    plain,
    show_phone,
    split_phones,
)
from communities.models import Resident
from toolkit.formulas import is_formula

# Documents that bear the resident identity number of GB 11643.
ID_CARD = "111"
WITH_ID_NUMBER = frozenset({ID_CARD, "112", "113"})
NO_DOCUMENT = "999"
# The numbers of an office in one field, and the mark between them.
MOST_PHONES, PHONES_APART = 2, "、"


def check_number(number: str) -> None:
    """Raise ValidationError for a household number that begins as a formula."""
    if is_formula(number):
        raise ValidationError(_("不能以“=”“+”“-”“@”开头，请核对。"), code="number")


@dataclass
class Document:
    """A document number as it will be stored, or why it is refused."""

    number: str
    kind: str
    error: str = ""
    warnings: list[str] = field(default_factory=list)


def check_document(text: str, kind: str) -> Document:
    """Check a number against its kind of document (GB 11643 for identity cards).

    Check digit and date are hard, the region code a warning. A sound identity number
    under an unknown kind is taken for an identity card.
    """
    found = check_id(text)
    if kind in WITH_ID_NUMBER or (kind == codes.ID_DOCUMENT.unknown and found.ok):
        kind = kind if kind in WITH_ID_NUMBER else ID_CARD
        if not found.ok:
            return Document(found.number, kind, describe(found))
        warnings = [describe(found)] if found.warning else []
        return Document(found.number, kind, warnings=warnings)
    if kind == codes.ID_DOCUMENT.unknown:
        return Document(text, kind, describe(found))
    if kind == NO_DOCUMENT:
        return Document(text, kind, _("证件种类选了无证件，就不要填号码。"))
    number = plain(text)
    if not 4 <= len(number) <= 30 or not number.isalnum():
        return Document(number, kind, _("证件号码应为4到30位的字母或数字。"))
    return Document(number, kind)


def check_one_phone(text: str) -> str:
    """Return a phone in plain digits; raises ValidationError with the reason."""
    found = check_phone(text)
    if not found.ok:
        raise ValidationError(describe(found))
    return found.number


def check_phones(text: str) -> str:
    """Return one or two public numbers as people read them; "" for an empty field.

    Raises ValidationError with the reason: residents dial them with one tap.
    """
    if not text.strip():
        return ""
    numbers = [check_one_phone(part) for part in split_phones(text) or [""]]
    if len(numbers) > MOST_PHONES:
        raise ValidationError(_("最多写两个号码。"))
    return PHONES_APART.join(map(show_phone, numbers))


def derived_from_id(number: str, kind: str) -> dict:
    """Return sex and birth date that an identity number tells, nothing for others."""
    if not number or kind not in WITH_ID_NUMBER:
        return {}
    found = check_id(number)
    return {"sex": found.sex, "birth_on": found.birth_on} if found.ok else {}


def refuse_duplicate(number: str, instance: Resident, user) -> None:
    """Raise ValidationError where another resident bears the number.

    Who may not see that resident learns only that the number is taken.
    """
    others = Resident.objects.filter(id_blind=id_blind(number))
    other = others.exclude(pk=instance.pk).select_related("org_unit__community").first()
    if other is None:
        return
    if not user.has_perm("communities.view_resident", other):
        raise ValidationError(
            {
                "id_number": _(
                    "这个证件号码已在本街道登记，不在您的工作范围内。"
                    "请联系街道办事处核对，由街道办理转入。"
                )
            },
            code="duplicate",
        )
    where = {"name": other.name, "unit": other.org_unit.full_name}
    raise ValidationError({"id_number": way_on(other) % where}, code="duplicate")


def way_on(other: Resident) -> str:
    """Return what to do about the record that bears the number."""
    if other.ended_by == Resident.Ending.MOVED_OUT:
        return _(
            "这个证件号码是%(name)s（%(unit)s）的，已登记迁出。"
            "回来住的，请打开原档案登记“迁入”。"
        )
    if other.ended_by != Resident.Ending.MISTAKEN:
        return _("这个证件号码已登记给%(name)s（%(unit)s），请先查找核对。")
    if possible_kinds(other):
        return _(
            "这个证件号码是%(name)s（%(unit)s）的，原来的登记有误，已经撤销。"
            "确实来了的，请打开原档案登记“出生”、“迁入”或“暂住”。"
        )
    return _(
        "这个证件号码是%(name)s（%(unit)s）的，已登记误登注销。"
        "确有此人的，请打开原档案，先撤销那条登记。"
    )

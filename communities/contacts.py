"""How residents read the name of an office, and read and dial its numbers."""

from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from communities.identity import check_phone, show_phone, split_phones
from communities.models import OrgUnit


@dataclass(frozen=True)
class Phone:
    """A telephone number as it is read and as it is dialled; "" if it cannot be."""

    display: str
    tel: str


def phones_of(text: str) -> tuple[Phone, ...]:
    """Return the telephone numbers of a text to show and to dial."""
    checks = ((part, check_phone(part)) for part in split_phones(text))
    return tuple(
        Phone(show_phone(check.number), check.number) if check.ok else Phone(part, "")
        for part, check in checks
        if check.number
    )


def phone_links(text: str) -> SafeString:
    """Return the telephone numbers of a text as links that dial them."""
    return format_html_join("、", "{}", ([phone_link(one)] for one in phones_of(text)))


def phone_link(phone: Phone) -> str:
    if not phone.tel:
        return phone.display
    shown = (phone.tel, phone.display)
    return format_html('<a class="text-nowrap" href="tel:{}">{}</a>', *shown)


def office_name(level: str, name: str) -> str:
    """Return the name of a unit under a notice: the street signs as its office.

    The portal knows the name of its own street in every language.
    """
    if level == OrgUnit.Level.STREET:
        return _("%(street)s办事处") % {"street": _(name)}
    return name


def short_office_name(level: str, name: str) -> str:
    """Return the name of a unit where everybody knows the street."""
    return _("街道办事处") if level == OrgUnit.Level.STREET else name

"""The units of the street as the public site names them, held in memory for a while.

    directory().by_code["330381002036"].phone

Twenty rows that change a few times a year are asked on every page; each process reads
them again every half minute.
"""

from dataclasses import astuple, dataclass
from functools import cached_property
from hashlib import blake2b

from django.utils import timezone
from django.utils.translation import override

from communities.contacts import Phone, office_name, phones_of, short_office_name
from communities.models import COMMUNITY_LEVELS, OrgUnit
from portal import offers
from portal.offers import Offers
from toolkit.holding import held_for

_PROFILE = ("address", "phone", "duty_phone", "office_hours", "director", "formed_from")


@dataclass(frozen=True)
class Unit:
    """What residents need to know of a unit to find and call it."""

    pk: int
    code: str
    name: str
    level: str
    path: str
    is_current: bool
    address: str = ""
    phone: str = ""
    duty_phone: str = ""
    office_hours: str = ""
    director: str = ""
    formed_from: str = ""

    @property
    def is_street(self) -> bool:
        return self.level == OrgUnit.Level.STREET

    @property
    def short_name(self) -> str:
        """The name in lists, where everybody knows the street."""
        return short_office_name(self.level, self.name)

    @property
    def office(self) -> str:
        """The name under a notice."""
        return office_name(self.level, self.name)

    @cached_property
    def calls(self) -> tuple[Phone, ...]:
        return phones_of(self.phone)

    @cached_property
    def calls_on_duty(self) -> tuple[Phone, ...]:
        return phones_of(self.duty_phone)


@dataclass(frozen=True, eq=False)
class Directory:
    """The street with its communities and villages, those of the past included."""

    units: tuple[Unit, ...]
    offers: Offers = Offers()

    def __eq__(self, other) -> bool:
        """Whether both say the same, so that what was drawn with one serves both."""
        return isinstance(other, Directory) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)

    @cached_property
    def by_code(self) -> dict[str, Unit]:
        return {unit.code: unit for unit in self.units}

    @cached_property
    def by_pk(self) -> dict[int, Unit]:
        return {unit.pk: unit for unit in self.units}

    @cached_property
    def street(self) -> Unit | None:
        return next((unit for unit in self.units if unit.is_street), None)

    @cached_property
    def communities(self) -> tuple[Unit, ...]:
        """Communities and villages of today, in the order of their codes."""
        return tuple(
            unit
            for unit in self.units
            if unit.is_current and unit.level in COMMUNITY_LEVELS
        )

    def at(self, path: str) -> Unit | None:
        """Return the unit with the path; for a grid the community around it."""
        codes = path.strip("/").split("/")[:2]
        return self.by_code.get(codes[-1])

    @cached_property
    def digest(self) -> str:
        """A text that changes with anything the directory says, in any language."""
        with override(None):
            told = repr(([astuple(unit) for unit in self.units], self.offers))
        return blake2b(told.encode(), digest_size=8).hexdigest()


@held_for(30)
def directory() -> Directory:
    """Return the units, what they say of themselves and offer; half a minute old."""
    today = timezone.localdate()
    names = [f"profile__{name}" for name in _PROFILE]
    rows = OrgUnit.objects.exclude(level=OrgUnit.Level.GRID).order_by("path")
    current = set(rows.valid_on(today).values_list("pk", flat=True))
    fields = rows.values_list("pk", "code", "name", "level", "path", *names)
    return Directory(
        tuple(
            Unit(*row[:5], row[0] in current, *(value or "" for value in row[5:]))
            for row in fields
        ),
        offers.read(today),
    )

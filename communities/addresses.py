"""An address as the office writes it: lane, door, block, staircase, room.

Address("凤山巷12号", staircase="2", room="302").text   # 凤山巷12号2单元302室
"""

import re
import unicodedata
from dataclasses import dataclass

from communities.models import Building, Household

_BLANKS = re.compile(r"\s+")
_NUMBER_IN_NAME = re.compile(r"\d[\d-]*(?=号)")


def tidy(text: str) -> str:
    """Return an address with narrow digits and without blanks."""
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text or ""))


def with_suffix(text: str, suffix: str) -> str:
    """Return 2单元 for 2 and for 2单元; "" for nothing."""
    return f"{text.removesuffix(suffix)}{suffix}" if text else ""


@dataclass(frozen=True)
class Address:
    """Where a household lives; `building` where the house is in the register."""

    place: str
    building: Building | None = None
    staircase: str = ""
    room: str = ""

    @property
    def text(self) -> str:
        """The whole address from the lane on, with the fixed suffixes."""
        stairs = with_suffix(tidy(self.staircase), "单元")
        door = tidy(self.room)
        # 后间, 阁楼 and the like are no room numbers.
        if door[-1:].isdecimal():
            door = with_suffix(door, "室")
        return f"{tidy(self.place)}{stairs}{door}"[:120]

    def write_to(self, household: Household) -> None:
        """Set the address fields of a household, which the caller saves."""
        household.building = self.building
        household.staircase = tidy(self.staircase).removesuffix("单元")[:10]
        household.room = tidy(self.room).removesuffix("室")[:20]
        household.address = self.text


def building_at(place: str, buildings) -> Building | None:
    """Return the one building of a queryset at this place, None for none or several."""
    text = tidy(place)
    number = _NUMBER_IN_NAME.search(text)
    if not number:
        return None
    # The number narrows the rows down; the whole address decides.
    candidates = buildings.filter(number=number.group()).select_related("lane")
    found = [one for one in candidates if tidy(one.address) == text]
    return found[0] if len(found) == 1 else None

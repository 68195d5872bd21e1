"""Search over residents and households: one box, masked results, prefix look-ups only.

    found = find_residents(user, "xm", limit=26)        # people.py
    found = find_households(user, "凤山巷12号302")        # doors.py
    index_resident(resident)            # after a change of name, ID number or phone

Searches by number are limited for each person and told in the trail (numbers.py).
No word that was searched for goes into a URL or a log; views keep it sealed
(asked.py).
"""

from communities.finding.doors import find_households
from communities.finding.index import index_resident, reindex
from communities.finding.numbers import LimitReached
from communities.finding.people import find_residents
from communities.finding.questions import Refused, understand

__all__ = [
    "LimitReached",
    "Refused",
    "find_households",
    "find_residents",
    "index_resident",
    "reindex",
    "understand",
]

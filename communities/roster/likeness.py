"""Whether a row of a roster can be about the stored person whom it names.

An exported roster bears masked ID numbers and the number of each record. Sorted apart,
its rows would give one person the name and the birth date of another, while the ID
number in the record still tells who he is.
"""

from communities.codes import SEX
from communities.roster.known import AT, Home, Person
from communities.roster.layout import SLOT

NAME, BIRTH = SLOT["name"], SLOT["birth_on"]
# What an ID number tells of its bearer, and what nobody knows yet.
TOLD_BY_ID = {"birth_on": ("",), "sex": ("", SEX.unknown)}


def conflict_with(person: Person, values: list, home: Home, key: str):
    """Return why a row cannot be about the person whom a column of it names."""
    if person.is_ended:
        return (key, "ended", "")
    if is_another(person, values):
        return (key, "other_name", "")
    if person.community != home.community:
        return (key, "elsewhere", "")
    return None


def is_another(person: Person, values: list) -> bool:
    """Whether name and birth date speak of another person.

    One wrong character is a correction, a wholly other name is not, and neither are
    both at once: the members of a family share their surname.
    """
    name = person.stored[AT["name"]]
    if not set(name) & set(values[NAME]):
        return True
    born = person.stored[AT["birth_on"]]
    is_born_else = born and values[BIRTH] and born != values[BIRTH]
    return name != values[NAME] and bool(is_born_else)


def unlike_the_id(person: Person, values: list, blind: bytes | None):
    """Return the conflict of a row that would contradict the stored ID number.

    A row that brings the number was held against it already.
    """
    if blind is not None or not person.has_id:
        return None
    for name, unknown in TOLD_BY_ID.items():
        stored, told = person.stored[AT[name]], values[SLOT[name]]
        if stored not in unknown and told and told != stored:
            return (name, "other_id", "")
    return None

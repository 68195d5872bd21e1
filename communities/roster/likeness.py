"""Whether a row of a roster can be about the stored person whom it names.

An exported roster bears masked ID numbers and the number of each record. Sorted apart,
its rows would give one person the name and the birth date of another, while the ID
number in the record still tells who he is.
"""

from itertools import chain

from communities.codes import SEX
from communities.roster.known import AT, Home, Known, Person
from communities.roster.layout import SLOT
from communities.roster.people import CARDS

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
    name, told = person.stored[AT["name"]], values[NAME]
    if not set(name) & set(told):
        return True
    born, told_born = person.stored[AT["birth_on"]], values[BIRTH]
    return name != told and bool(born and told_born and born != told_born)


def unproven_name(person: Person, values: list, home: Home, known: Known):
    """Return the conflict of a row that gives a record another name without proof.

    Without the ID number of the record that takes the same day of birth on both sides;
    and twins share it, so that the name must not be that of somebody beside.
    """
    told = values[NAME]
    if told == person.stored[AT["name"]]:
        return None
    beside = chain.from_iterable(
        known.by_home.get((place, told), ()) for place in (home.pk, person.household)
    )
    if any(one is not person for one in beside):
        return ("record", "name_beside", "")
    born = person.stored[AT["birth_on"]]
    if not born or born != values[BIRTH]:
        return ("name", "name_alone", "")
    return None


def unlike_the_id(person: Person, values: list, blind: bytes | None):
    """Return the conflict of a row that would contradict the stored ID number.

    A row that brings the number was held against it already; the number of a passport
    tells nothing of its bearer.
    """
    tells = person.has_id and person.stored[AT["id_kind"]] in CARDS
    if blind is not None or not tells:
        return None
    for name, unknown in TOLD_BY_ID.items():
        stored, told = person.stored[AT[name]], values[SLOT[name]]
        if stored not in unknown and told and told != stored:
            return (name, "other_id", "")
    return None

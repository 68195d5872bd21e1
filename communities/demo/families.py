"""Households of an old town: who lives together, and how old they are.

    for member in Families(random, names, today).next(is_alone_and_old=False): …

Every fifth or so is over sixty; the young have gone, the rooms are let.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from random import Random

from communities.demo.names import Names

HEAD, WIFE, HUSBAND = "02", "12", "11"
SON, DAUGHTER, FATHER, MOTHER = "20", "30", "51", "52"
GRANDSON, GRANDDAUGHTER, IN_LAW, OTHER = "41", "42", "38", "99"
KINDS = {
    "old_alone": 95,
    "old_couple": 135,
    "alone": 120,
    "couple": 95,
    "parents": 270,
    "three_generations": 115,
    "one_parent": 40,
    "newcomers": 80,
    "lodgers": 50,
}


@dataclass(slots=True)
class Member:
    """A made-up person."""

    name: str
    is_male: bool
    born: date
    relation: str
    marital: str
    is_local: bool = True

    def age_on(self, day: date) -> int:
        had_none = (day.month, day.day) < (self.born.month, self.born.day)
        return day.year - self.born.year - had_none


class Families:
    """Draws one household after the other."""

    def __init__(self, random: Random, names: Names, today: date):
        self.random, self.names, self.today = random, names, today
        self.kinds = list(KINDS)
        self.weights = list(accumulate(KINDS.values()))

    def next(self) -> list[Member]:
        """Return the members of a household, the head first."""
        kind = self.random.choices(self.kinds, cum_weights=self.weights)[0]
        return getattr(self, kind)()

    def person(self, age, surname, is_male, relation, marital, **details) -> Member:
        """Return a person of about this age."""
        days = int(age * 365.25) + self.random.randrange(365)
        born = self.today - timedelta(days=days)
        name = self.names.full(surname, is_male, born.year)
        return Member(name, is_male, born, relation, marital, **details)

    def age(self, low: int, high: int) -> float:
        return self.random.uniform(low, high)

    def surname(self) -> str:
        return self.names.surname(is_local=True)

    def old_alone(self, low: int = 66) -> list[Member]:
        """One widow or widower; women outlive men."""
        is_male = self.random.random() < 0.32
        age = low + min(self.random.expovariate(1 / 8), 98 - low)
        marital = "30" if self.random.random() < 0.86 else "10"
        return [self.person(age, self.surname(), is_male, HEAD, marital)]

    def pair(self, age: float, surname: str, marital: str = "21") -> list[Member]:
        """A married couple, in which mostly the man is head."""
        other = age - self.random.gauss(2, 2.5)
        man = self.person(age, surname, True, HEAD, marital)
        woman = self.person(max(other, 20), self.surname(), False, WIFE, marital)
        if self.random.random() < 0.14:
            man.relation, woman.relation = HUSBAND, HEAD
            return [woman, man]
        return [man, woman]

    def old_couple(self) -> list[Member]:
        return self.pair(62 + min(self.random.expovariate(1 / 9), 34), self.surname())

    def alone(self) -> list[Member]:
        age, is_male = self.age(22, 64), self.random.random() < 0.6
        marital = "10" if age < 34 else self.random.choice(("10", "40", "40", "21"))
        return [self.person(age, self.surname(), is_male, HEAD, marital)]

    def couple(self) -> list[Member]:
        return self.pair(self.age(24, 66), self.surname())

    def parents(self) -> list[Member]:
        """A couple with one child or two, rarely three."""
        surname, age = self.surname(), self.age(29, 54)
        members = self.pair(age, surname)
        count = self.random.choices((1, 2, 3), (58, 37, 5))[0]
        return members + self.children(surname, age, count)

    def children(self, surname: str, age: float, count: int, **details) -> list[Member]:
        """Children of a man of this age, the eldest first."""
        oldest = max(0.0, age - self.random.uniform(24, 31))
        found = []
        for number in range(count):
            is_male = self.random.random() < 0.52
            relation = SON if is_male else DAUGHTER
            of_age = max(0.0, oldest - number * self.random.uniform(2, 6))
            marital = "10" if of_age < 27 else "90"
            child = (of_age, surname, is_male, relation, marital)
            found.append(self.person(*child, **details))
        return found

    def three_generations(self) -> list[Member]:
        """Grandparents, a son with his wife, and their children."""
        surname, age = self.surname(), self.age(56, 80)
        members = self.pair(age, surname)
        if self.random.random() < 0.3:
            members = members[:1]
            members[0].marital = "30"
        middle = age - self.random.uniform(23, 29)
        son = self.person(middle, surname, True, SON, "21")
        wife = self.person(middle - 2, self.surname(), False, IN_LAW, "21")
        members += [son, wife]
        for child in self.children(surname, middle, self.random.choice((1, 1, 2))):
            child.relation = GRANDSON if child.is_male else GRANDDAUGHTER
            members.append(child)
        return members

    def one_parent(self) -> list[Member]:
        surname, age = self.surname(), self.age(29, 52)
        is_male = self.random.random() < 0.3
        head = self.person(age, surname, is_male, HEAD, "40")
        return [head, *self.children(surname, age, self.random.choice((1, 1, 1, 2)))]

    def newcomers(self) -> list[Member]:
        """A young family from another province that rents a floor."""
        surname, age = self.names.surname(is_local=False), self.age(24, 46)
        other = self.names.surname(is_local=False)
        man = self.person(age, surname, True, HEAD, "21", is_local=False)
        woman = self.person(age - 2, other, False, WIFE, "21", is_local=False)
        count = self.random.choice((0, 1, 1, 2))
        return [man, woman, *self.children(surname, age, count, is_local=False)]

    def lodgers(self) -> list[Member]:
        """Workers who share rooms and are not related."""
        found = []
        for number in range(self.random.choice((1, 2, 2, 3, 4))):
            surname = self.names.surname(is_local=False)
            is_male = self.random.random() < 0.62
            relation = OTHER if number else HEAD
            about = (self.age(19, 48), surname, is_male, relation, "90")
            found.append(self.person(*about, is_local=False))
        return found

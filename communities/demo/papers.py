"""Papers of made-up people: ID numbers, phones, fields, with the holes of archives."""

from datetime import date
from random import Random

from communities.codes import (
    EDUCATION,
    HEALTH,
    ID_DOCUMENT,
    MARITAL,
    OCCUPATION,
    POLITICAL,
    RELATION,
    CodeList,
)
from communities.demo.families import GRANDDAUGHTER, GRANDSON, HEAD, Member
from communities.identity import check_digit

# Ruian as a city since 1987, as a county before, and its neighbours.
RUIAN, RUIAN_COUNTY = "330381", "330325"
NEIGHBOURS = ("330326", "330382", "330302", "330327", "330324", "330328")
ELSEWHERE = (
    "362330",
    "342221",
    "522121",
    "420621",
    "411528",
    "431281",
    "511321",
    "360429",
    "350921",
    "532130",
    "513030",
    "612422",
)
CITY_SINCE = 1987
MOBILES = ("135", "136", "137", "138", "139", "150", "158", "159", "180", "187", "188")
CHILD, ADULT, OLD = 16, 22, 60


def words(codes: CodeList) -> dict[str, str]:
    """Return the Chinese word of each code."""
    return {code: name for code, name, *_others in codes.items}


EDUCATIONS, MARITALS, POLITICALS, OCCUPATIONS, HEALTHS, RELATIONS, DOCUMENTS = map(
    words, (EDUCATION, MARITAL, POLITICAL, OCCUPATION, HEALTH, RELATION, ID_DOCUMENT)
)
# Education by year of birth: (born until, codes, weights).
SCHOOLING = (
    (1945, ("90", "80", "70", "60"), (38, 46, 12, 4)),
    (1962, ("90", "80", "70", "60", "30"), (8, 36, 40, 14, 2)),
    (1979, ("80", "70", "60", "40", "30", "20"), (16, 46, 18, 8, 8, 4)),
    (1994, ("70", "60", "40", "30", "20", "10"), (26, 16, 14, 20, 22, 2)),
    (9999, ("70", "60", "40", "30", "20", "10"), (10, 14, 18, 24, 31, 3)),
)
ETHNICITIES = (
    ("汉族", "畲族", "苗族", "土家族", "壮族", "回族"),
    (967, 12, 7, 8, 4, 2),
)


class Papers:
    """Draws what an archive knows about a person; empty where it knows nothing."""

    def __init__(self, random: Random, today: date):
        self.random, self.today = random, today
        self.given: set[str] = set()

    def chance(self, probability: float) -> bool:
        return self.random.random() < probability

    def document(self, member: Member) -> tuple[str, str, str]:
        """Return kind, number and the reason why there is none."""
        age = member.age_on(self.today)
        if age == 0 and self.chance(0.5):
            return DOCUMENTS["999"], "", "新生儿尚未申领"
        if self.chance(0.012):
            return "", "", "本人没有提供" if self.chance(0.5) else ""
        if not member.is_local and self.chance(0.03):
            return (
                DOCUMENTS["801"],
                self.card(member, self.random.choice(ELSEWHERE)),
                "",
            )
        return DOCUMENTS["111"], self.card(member, self.region(member)), ""

    def region(self, member: Member) -> str:
        if not member.is_local:
            return self.random.choice(ELSEWHERE)
        if self.chance(0.07):
            return self.random.choice(NEIGHBOURS)
        return RUIAN if member.born.year >= CITY_SINCE else RUIAN_COUNTY

    def card(self, member: Member, region: str) -> str:
        """Return a number with the right sex and check digit that nobody else has."""
        place = f"{region}{member.born:%Y%m%d}"
        while True:
            # Odd numbers are men's (GB 11643).
            serial = self.random.randrange(500) * 2 + member.is_male
            body = f"{place}{serial:03d}"
            if body not in self.given:
                self.given.add(body)
                return body + check_digit(body)

    def phone(self, age: int) -> str:
        """Return a mobile number in a block that stands for invented ones, or none."""
        has_one = 0.05 if age < CHILD else 0.62 if age > 75 else 0.84
        if not self.chance(has_one):
            return ""
        return f"{self.random.choice(MOBILES)}000{self.random.randrange(100_000):05d}"

    def schooling(self, member: Member, age: int) -> str:
        if age < 7 or self.chance(0.09):
            return "其他" if age < 7 and self.chance(0.5) else ""
        if age < ADULT:
            code = (
                "80" if age < 13 else "70" if age < 16 else "60" if age < 19 else "20"
            )
            return EDUCATIONS[code]
        for until, codes, weights in SCHOOLING:
            if member.born.year <= until:
                return EDUCATIONS[self.random.choices(codes, weights)[0]]
        return ""

    def politics(self, age: int) -> str:
        if age < 14 or self.chance(0.07):
            return ""
        if age < 28 and self.chance(0.38):
            return POLITICALS["03"]
        return POLITICALS["01" if age > 21 and self.chance(0.085) else "13"]

    def work(self, member: Member, age: int) -> str:
        if self.chance(0.14):
            return ""
        if age < 6:
            return ""
        if age < ADULT:
            return OCCUPATIONS["31"]
        if age >= OLD:
            return OCCUPATIONS["80" if self.chance(0.72) else "70"]
        codes = ("1", "2", "3", "4", "5", "6", "8", "51", "54", "70")
        weights = (2, 10, 8, 24, 1, 22, 6, 5, 15, 7)
        if not member.is_local:
            weights = (0, 3, 2, 30, 0, 52, 5, 3, 4, 1)
        return OCCUPATIONS[self.random.choices(codes, weights)[0]]

    def health(self, age: int) -> str:
        if self.chance(0.26):
            return ""
        if age < 50:
            return HEALTHS["6" if self.chance(0.012) else "1"]
        weights = (62, 18, 17, 3) if age < 75 else (24, 34, 36, 6)
        return HEALTHS[self.random.choices(("1", "2", "3", "6"), weights)[0]]

    def living(self, member: Member, age: int) -> str:
        if not member.is_local:
            return "在住" if self.chance(0.94) else "寄住"
        away = 0.2 if 18 < age < 45 else 0.03
        draw = self.random.random()
        if draw < away:
            return "外出"
        if draw < away + 0.025:
            return "空挂户" if member.relation != HEAD else "在住"
        return "" if draw > 0.985 else "在住"

    def fields(self, member: Member, household: list[Member]) -> dict[str, str]:
        """Return the cells of a person, by the keys of the roster's columns."""
        age = member.age_on(self.today)
        kind, number, reason = self.document(member)
        knows_card = bool(number)
        married = "" if member.marital == "90" or age < 18 else MARITALS[member.marital]
        return {
            "name": member.name,
            "id_kind": kind,
            "id_number": number,
            "no_id_reason": reason,
            # Who copies from the card leaves sex and birth to it.
            "sex": "" if knows_card and self.chance(0.5) else self.sex(member),
            "birth_on": "" if knows_card and self.chance(0.5) else str(member.born),
            "ethnicity": self.random.choices(*ETHNICITIES)[0],
            "marital": MARITALS["10"] if age < 18 else married,
            "education": self.schooling(member, age),
            "political": self.politics(age),
            "occupation": self.work(member, age),
            "health": self.health(age),
            "registration": self.registration(member),
            "living": self.living(member, age),
            "phone": self.phone(age),
            "relation": RELATIONS[member.relation],
            **self.emergency(member, age, household),
        }

    @staticmethod
    def sex(member: Member) -> str:
        return "男" if member.is_male else "女"

    def registration(self, member: Member) -> str:
        if not member.is_local:
            return "外地户籍"
        return "瑞安市其他街镇户籍" if self.chance(0.11) else "本街道户籍"

    def emergency(self, member: Member, age: int, household: list[Member]) -> dict:
        """Old people and children have somebody to call; often enough it is noted."""
        if not (age >= 75 or age < CHILD) or self.chance(0.35):
            return {}
        others = [one for one in household if one is not member]
        if others and age < CHILD:
            other = others[0]
            relation = (
                "祖父母" if member.relation in (GRANDSON, GRANDDAUGHTER) else "父母"
            )
            return {
                "emergency_name": other.name,
                "emergency_relation": relation,
                "emergency_phone": self.phone(40),
            }
        is_male = self.chance(0.5)
        return {
            "emergency_name": member.name[0] + self.random.choice("建海晓国丽") + "平",
            "emergency_relation": "儿子" if is_male else "女儿",
            "emergency_phone": self.phone(40),
        }

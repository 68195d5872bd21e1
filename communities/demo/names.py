"""Names of made-up people, by generation, sex and origin."""

import tomllib
from itertools import accumulate
from pathlib import Path
from random import Random

DATA = Path(__file__).parents[1] / "data" / "demo_names.toml"
ONE_CHARACTER = 0.1


def weighted(text: str) -> tuple[list[str], list[int]]:
    """Return words and cumulated weights of "陈120 林82"."""
    words, weights = [], []
    for entry in text.split():
        word = entry.rstrip("0123456789")
        words.append(word)
        weights.append(int(entry.removeprefix(word)))
    return words, list(accumulate(weights))


class Names:
    """Draws names; the same draws give the same names."""

    def __init__(self, random: Random):
        data = tomllib.loads(DATA.read_text(encoding="utf-8"))
        self.random = random
        self.local = weighted(data["surnames"])
        self.elsewhere = weighted(data["surnames_elsewhere"])
        self.given = data["given"]
        self.famous = frozenset(data["famous"]["names"].split())

    def surname(self, *, is_local: bool) -> str:
        words, weights = self.local if is_local else self.elsewhere
        return self.random.choices(words, cum_weights=weights)[0]

    def full(self, surname: str, is_male: bool, born: int) -> str:
        """Return a full name that belongs to no widely known person."""
        while True:
            name = surname + self.given_name(is_male, born)
            if name not in self.famous:
                return name

    def given_name(self, is_male: bool, born: int) -> str:
        table = next(one for one in self.given if born <= one["until"])
        first, second = table["male" if is_male else "female"]
        if born >= 1970 and self.random.random() < ONE_CHARACTER:
            return self.random.choice(second)
        return self.random.choice(first) + self.random.choice(second)

"""What is no name of a person, whoever typed or imported it. Runs without settings."""

from toolkit.formulas import is_formula
from toolkit.unseen import has_letter

NO_LETTER, FORMULA, DIGIT = "no letter", "formula", "digit"


def flaw_of(name: str) -> str:
    """Return what keeps a text from being a person's name, "" for nothing."""
    if name.isalpha():
        return ""
    if not has_letter(name):
        return NO_LETTER
    if is_formula(name):
        return FORMULA
    return DIGIT if any(character.isdecimal() for character in name) else ""

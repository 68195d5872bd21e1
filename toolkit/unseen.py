r"""Marks that nobody sees, taken out of what people type, paste and import.

    seen("张\u200b三丰")           # 张三丰
    one_line("凤山\n巷")           # 凤山 巷
    lines("第一行\r\n第二行\u200b")  # the text with its lines

A name of such marks alone looks like no name at all, and one with a mark inside is not
found again. Characters after the Unicode Standard: the default ignorable ones (5.21),
the controls of writing direction (UAX #9), letters and patterns that are blank, and
combining marks with nothing to stand on. Runs without settings.
"""

import re

# Soft hyphen, joiners, fillers, blank braille, directions, byte order mark, tags.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e007f]+"
)
# Accents and variation selectors at the beginning or behind a blank.
_LONE_MARKS = re.compile(
    r"(?:(?<=\s)|^)[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff"
    "\u3099\u309a\ufe00-\ufe0f\ufe20-\ufe2f\U000e0100-\U000e01ef]+"
)
# A NUL is left to those who refuse it.
_CONTROL = re.compile(r"[\x01-\x1f\x7f-\x9f\u2028\u2029]+")
_CONTROL_IN_LINES = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]+")
_OTHER_LINE_ENDS = re.compile(r"[\u2028\u2029]")


def seen(text: str) -> str:
    """Return what a reader sees of the text; blanks and lines stay as they are."""
    if text.isascii():
        return text
    return _LONE_MARKS.sub("", _UNSEEN.sub("", text))


def one_line(text: str) -> str:
    """Return what is seen of the text, in one line."""
    return _CONTROL.sub(" ", seen(text))


def lines(text: str) -> str:
    """Return what is seen of a text of several lines; its lines and tabs stay."""
    return _CONTROL_IN_LINES.sub(" ", _OTHER_LINE_ENDS.sub("\n", seen(text)))


def has_letter(text: str) -> bool:
    """Answer whether there is a letter in the text, of whatever script."""
    return any(character.isalpha() for character in text)

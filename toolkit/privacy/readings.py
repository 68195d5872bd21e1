"""A text as people read the numbers in it, whatever marks they are written with.

    readings_of("１３８\\u200b0013 8000")      # ["1380013 8000"]
    readings_of("①13800138000")             # ["①13800138000", "113800138000"]

Digits of every script are digits (Unicode, general category Nd). Those in circles and
above the line count items as often as they write numbers, so both readings are given.
Chinese numerals are digits where so many stand together that they can only be read one
by one; where digits stand among them there is a reading of its own, for 一 behind a
phone may begin the next word.
"""

import html
import re
import unicodedata

# Letters and signs that look like the X at the end of an ID number.
_LIKE_X = frozenset("×✕✖✗╳⨯ХхΧχ")  # noqa: RUF001
_LIKE_DOT = frozenset("・•‧∙⋅●")
# Letters that nobody sees: the fillers of Hangul, the empty sign of Braille.
_LIKE_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
# 〇 and 零, the plain numerals, those of cheques, and what one says on the telephone.
_NUMERALS = "〇零○一壹幺二贰三叁四肆五伍六陆七柒八捌九玖"
_TO_DIGITS = str.maketrans(_NUMERALS, "0001112233445566778899")
# As many as a phone has digits; a date has fewer.
_IN_NUMERALS = re.compile(rf"[{_NUMERALS}](?:[ \-·]?[{_NUMERALS}]){{10,}}")
# One by one behind the same mark. Items of a list are never so many: ten has two signs.
_LISTED = re.compile(
    rf"(?<![{_NUMERALS}])[{_NUMERALS}]([、,:])[{_NUMERALS}](?:\1[{_NUMERALS}]){{9,}}"
    rf"(?![{_NUMERALS}])"
)
# No blanks here: they part the number of a row from its figures.
_MIXED = re.compile(rf"[0-9{_NUMERALS}](?:[\-·]?[0-9{_NUMERALS}]){{10,}}")
# Longer ones name no character, and Python reads no number of thousands of digits.
_REFERENCE = re.compile(r"&#?[0-9A-Za-z]{1,32};?")
# What is put for all marks of a category: dashes, blanks, and marks that nobody sees.
_ALIKE = {"Pd": "-", "Zs": " ", "Zl": " ", "Zp": " ", "Cf": ""}


def readings_of(text: str) -> list[str]:
    """Return the text in plain digits and marks, once for each way to read it."""
    if "&" in text:
        text = _REFERENCE.sub(lambda match: html.unescape(match[0]), text)
    if text.isascii():
        return [text]
    signs = {sign for sign in set(text) if not sign.isascii()}
    plain = _in_digits(text.translate({ord(sign): _plain(sign) for sign in signs}))
    full = _in_digits(text.translate({ord(sign): _decorated(sign) for sign in signs}))
    mixed = _MIXED.sub(_translated, plain)
    return list(dict.fromkeys((plain, full, mixed)))


def _in_digits(text: str) -> str:
    """Return the text with long runs of Chinese numerals as digits."""
    listed = _LISTED.sub(lambda match: match[0].replace(match[1], ""), text)
    return _IN_NUMERALS.sub(_translated, listed)


def _translated(match: re.Match) -> str:
    return match[0].translate(_TO_DIGITS)


def _plain(sign: str) -> str:
    category = unicodedata.category(sign)
    if category == "Nd":
        return str(unicodedata.decimal(sign))
    if sign in _LIKE_X:
        return "X"
    if sign in _LIKE_DOT:
        return "·"
    if sign in _LIKE_BLANK:
        return " "
    if category in _ALIKE:
        return _ALIKE[category]
    narrow = unicodedata.normalize("NFKC", sign)
    is_plain = len(narrow) == 1 and narrow.isascii() and not narrow.isdigit()
    return narrow if is_plain else sign


def _decorated(sign: str) -> str:
    """Return the digit in a circle or above the line; keycaps and strokes are none."""
    if unicodedata.category(sign) in ("Mn", "Me"):
        return ""
    digit = unicodedata.digit(sign, None)
    return _plain(sign) if digit is None else str(digit)

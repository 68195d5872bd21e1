"""Whether digits are the number of a person: check digits, dates, provinces, counties.

GB 11643-1999 for ID numbers, GB/T 2260 for provinces and counties, ISO/IEC 7812-1 for
bank cards.
"""

from datetime import date
from functools import lru_cache

from stdnum import luhn, numdb
from stdnum.cn import ric

_EARLIEST_BIRTH_YEAR = 1850
# First two digits of GB/T 2260: the provinces, Taiwan, Hong Kong and Macao.
_PROVINCE_CODES = (
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 "
    "61 62 63 64 65 71 81 82"
)
_PROVINCES = frozenset(_PROVINCE_CODES.split())


def is_id_number(number: str) -> bool:
    """Whether eighteen characters are a sound ID number (GB 11643-1999)."""
    if len(number) != 18 or not _is_birth_date(number[6:14]):
        return False
    return ric.calc_check_digit(number) == number[17]


def is_doubtful_id(number: str) -> bool:
    """Whether county and birth date are those of an ID number without its check digit.

    A sound bank card is that; the code of an organisation has no county there.
    """
    is_like_one = is_county(number[:6]) and _is_birth_date(number[6:14])
    return is_like_one and not is_id_number(number) and not is_bank_card(number)


def is_old_id_number(number: str) -> bool:
    """Whether fifteen digits are an ID number of the first generation."""
    return (
        len(number) == 15
        and number[:2] in _PROVINCES
        and _is_birth_date(f"19{number[6:12]}")
    )


def is_bank_card(number: str) -> bool:
    """Whether the digits are a card: UnionPay 62…, else sixteen digits of 4… or 5…"""
    has_prefix = number.startswith("62") or (len(number) == 16 and number[0] in "45")
    return has_prefix and luhn.is_valid(number)


def is_mobile(number: str) -> bool:
    """Whether the digits are as many as those of a mobile phone."""
    return len(number) == 11


@lru_cache(maxsize=10_000)
def is_county(code: str) -> bool:
    """Whether GB/T 2260 has or had this county."""
    parts = numdb.get("cn/loc").info(code)
    return any("county" in properties for _part, properties in parts)


def _is_birth_date(digits: str) -> bool:
    try:
        day = date.fromisoformat(digits)
    except ValueError:
        return False
    return day.year >= _EARLIEST_BIRTH_YEAR and day <= date.today()

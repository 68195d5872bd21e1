"""The number of a row, as a form or an address sends it.

row_number("42")         # 42
row_number("9" * 4400)   # None: Python itself refuses to read so many digits
row_number("٣")          # None: a digit, but none of ours
"""

# Digits of the largest key that fits into the database (bigint, 2**63 - 1).
LONGEST = 18


def row_number(text: object) -> int | None:
    """Return the number that the text is, None for what no row can have."""
    digits = str(text)
    is_number = digits.isascii() and digits.isdecimal() and len(digits) <= LONGEST
    return int(digits) if is_number else None

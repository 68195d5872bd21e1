"""What people, broken programs and attackers send where something else is asked."""

import re

# As they stand in an address; those that are not UTF-8 are already escaped.
RAW = ("%00", "%FF%FE", "%ED%A0%80", "%", "%zz")
# As they are typed into a field.
TYPED = (
    " ",
    "-1",
    "0",
    "１２",
    "٣",
    "99999999999999999999999",
    "1e309",
    "NaN",
    "2026-02-30",
    "0001-01-01",
    "9999-12-31",
    "24:61",
    "\x00",
    "a\x00b",
    "a\nb\tc",
    "'\"><script>alert(1)</script>",
    "{{ 7 }}{% x %}",
    "../../etc/passwd",
    "[]",
    "🙂𠮷" * 60,
    "长" * 5000,
)
PARAMETER = re.compile(r"<(\w+):\w+>")
# What a converter of an address lets through, and what it does not.
BY_CONVERTER = {
    "int": ("0", "99999999999999999999999", "x", "-1", "１"),
    "slug": ("x", "-", "none-such", "x" * 3000, "点"),
    "str": ("x", "000000000000", "%00", "%FF", "长" * 300, "..", "{{x}}"),
    "uuid": ("00000000-0000-0000-0000-000000000000", "x"),
    "path": ("x", "../../etc/passwd", "%00", "%FF"),
}


def addresses(url: str):
    """Yield the address with every nonsense its parameters may be given."""
    parameters = PARAMETER.findall(url)
    for turn in range(max(len(BY_CONVERTER[p]) for p in parameters)):
        filled = url
        for parameter in parameters:
            values = BY_CONVERTER[parameter]
            value = values[turn % len(values)]
            filled = PARAMETER.sub(lambda _m, v=value: v, filled, count=1)
        yield filled

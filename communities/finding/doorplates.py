"""Read an address as people type it: 凤山巷12号302, 菜巷 7, 虹桥南路128号3幢2单元501.

Numbers without a suffix are told apart by their place; where they may mean two things,
both readings are given, the likelier one first. Suffixes: domain order 门牌 幢 单元 室.
"""

import re
import unicodedata
from dataclasses import dataclass, replace

_REGION = re.compile(
    r"^(浙江省?)?(温州市?)?(瑞安市?)?(玉海街道)?((?![^\d\s]{0,8}街道)[^\d\s]{1,12}?(社区|村委会|居委会))?"
    r"(\d{1,3}网格|第?[一二三四五六七八九十]+网格)?(?=[^\d\s])"
)
# 安阳路88弄 is the name of a lane, though it holds digits.
_LANE = re.compile(r"[^\d\s#-]+(\d+(弄|支弄|支路|支巷|巷|里))*")
_PART = re.compile(
    r"(?P<number>[A-Za-z]?\d+(?:[A-Za-z](?![A-Za-z]))?|[A-Za-z](?=[幢栋座]))"
    r"(?P<suffix>号楼|号|幢|栋|座|单元|室|房|楼)?"
)
# 1-1号, 1—1号, 1之1号, 1附1号, 1号附1 are one door.
_DASH = re.compile(r"(?<=\d)\s*(?:[‐‑‒–—―−-]+|号?[之附])\s*(?=\d)")
_DOOR = re.compile(
    r"\s*#?(?P<number>\d+(?:-\d+)+)号(?!楼)|\s*#?(?P<bare>\d+-\d+)(?!\w)"
)
_ROOM = re.compile(r"(?<![\dA-Za-z-])(?P<number>[A-Za-z]?\d+(?:-\d+)+)(?:室|房)?$")
_CHINESE_NUMBER = re.compile(r"[一二三四五六七八九十百]+(?=号|幢|栋|单元|室)")
_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")}
_FIELDS = {
    "号": "number",
    "号楼": "block",
    "幢": "block",
    "栋": "block",
    "座": "block",
    "单元": "staircase",
    "室": "room",
    "房": "room",
}


@dataclass(frozen=True)
class Doorplate:
    """What an address says, as far as it goes; numbers are text, 12A is one."""

    lane: str
    number: str = ""
    block: str = ""
    staircase: str = ""
    room: str = ""


def read_address(text: str) -> list[Doorplate]:
    """Return the readings of an address, the likeliest first; none without a lane."""
    plain = unicodedata.normalize("NFKC", text).strip()
    plain = _CHINESE_NUMBER.sub(lambda found: str(_value(found.group())), plain)
    plain = _REGION.sub("", _DASH.sub("-", plain))
    lane = _LANE.match(plain)
    if lane is None:
        return []
    known, rest = Doorplate(lane.group().strip()), plain[lane.end() :]
    readings = []
    if door := _DOOR.match(rest):
        number = _joined(door["number"] or door["bare"])
        readings = _readings(replace(known, number=number), rest[door.end() :])
    if not (door and door["number"]):
        readings += _readings(known, rest)
    return list(dict.fromkeys(readings))


def _readings(known: Doorplate, text: str) -> list[Doorplate]:
    """Return what the text behind a lane, or behind the door in it, may mean."""
    begun, free = _begun(known, text)
    readings = [_filled(begun, fields, free) for fields in _orders(begun, len(free))]
    # A room may have a hyphen of its own, behind a door that is known.
    if room := _ROOM.search(text):
        begun, free = _begun(known, text[: room.start()])
        if begun.number and not free:
            readings.append(replace(begun, room=room["number"].upper()))
    return readings


def _begun(known: Doorplate, text: str) -> tuple[Doorplate, list[str]]:
    """Return the doorplate with the numbers that have a suffix, and the bare ones."""
    named, free = _parts(text)
    named = {name: value for name, value in named.items() if not getattr(known, name)}
    return replace(known, **named), free


def _joined(number: str) -> str:
    """Return a number with a hyphen as doors bear it: 01-02 is 1-2."""
    return "-".join(part.lstrip("0") or "0" for part in number.split("-"))


def _parts(text: str) -> tuple[dict[str, str], list[str]]:
    """Return the numbers with a suffix by field, and those without in order."""
    named: dict[str, str] = {}
    free: list[str] = []
    for part in _PART.finditer(text):
        field = _FIELDS.get(part["suffix"] or "")
        number = part["number"].upper().lstrip("0") or "0"
        if field and field not in named:
            named[field] = number
        elif part["suffix"] != "楼":
            free.append(part["number"].upper())
    return named, free


def _orders(known: Doorplate, count: int) -> list[tuple[str, ...]]:
    """Return the fields that so many bare numbers may fill, in order."""
    order = ("number", "block", "staircase", "room")
    empty = [name for name in order if not getattr(known, name)]
    if count == 0:
        return [()]
    if count >= len(empty):
        return [tuple(empty)]
    if "number" not in empty:
        # Behind the number of the house comes the room, or a staircase and the room.
        return [tuple(empty[-count:]), tuple(empty[:count])]
    rest = empty[1:]
    if count == 1:
        return [("number",)]
    return [("number", *rest[1 - count :]), ("number", *rest[: count - 1])]


def _filled(known: Doorplate, fields: tuple[str, ...], free: list[str]) -> Doorplate:
    values = dict(zip(fields, free, strict=False))
    for name in ("number", "block", "staircase"):
        if name in values:
            values[name] = values[name].lstrip("0") or "0"
    return replace(known, **values)


def _value(text: str) -> int:
    """Return the value of a Chinese number below a thousand: 二十三 is 23."""
    total, digit = 0, 0
    for character in text:
        if character in "十百":
            total += (digit or 1) * (10 if character == "十" else 100)
            digit = 0
        else:
            digit = _DIGITS[character]
    return total + digit

"""What a text in the search box asks for: told by what it looks like.

    understand("1018")        # ID numbers and phones with these last digits, 户号 1018
    understand("xm")          # pinyin and initials
    understand("菜巷7号")      # households at that door

Nothing is looked up here. Text that makes no sense is refused with a sentence.
"""

import re
import unicodedata
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from communities.finding import keys
from communities.finding.doorplates import Doorplate, read_address
from communities.identity import check_phone, normalise_id
from communities.pinyin import normalise_name
from toolkit.privacy.blind import blind_index
from toolkit.unseen import seen

LONGEST_QUESTION = 60
_ALLOWED = re.compile(r"[\w\s·•・．.,，、'’#()（）/+‐‑‒–—―−-]+")
_HAN = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff〇]")
_SEPARATORS = re.compile(r"[\s·•・．.,，、'’()（）/+#‐‑‒–—―−-]+")
_WHOLE_ID = re.compile(r"\d{15}|\d{17}[\dX]", re.ASCII)
_ID_TAIL = re.compile(r"\d{3,5}[\dX]", re.ASCII)
_DIGITS_AND_X = re.compile(r"\d+X?", re.ASCII)
# How pinyin begins: one initial at most, then a vowel unless the text ends there. The
# letters of foreign names are found among the names.
_PINYIN = re.compile("(?:[zcs]h?|[bpmfdtnlgkhjqxryw])?(?:[aeiouv]|$)")


class Refused(Exception):  # noqa: N818
    """The text cannot be searched for; the sentence says what can."""


@dataclass(frozen=True)
class Range:
    """Keys with a common beginning, and what is common to the people found there."""

    prefix: bytes
    label: str
    # An end of five: the key knows four, so the number itself must be looked at.
    id_tail: str = ""

    @property
    def end(self) -> bytes:
        """Return the first key behind the range."""
        body = self.prefix.rstrip(b"\xff")
        return body[:-1] + bytes([body[-1] + 1])

    def holds(self, key: bytes) -> bool:
        return key.startswith(self.prefix)


@dataclass(frozen=True)
class Question:
    """What to look up: key ranges, one whole ID number, doors, a household number."""

    text: str
    ranges: tuple[Range, ...] = ()
    id_blind: bytes | None = None
    doors: tuple[Doorplate, ...] = ()
    household_number: str = ""
    # Said when nothing is found, where the question itself may be the reason.
    hint: str = field(default="", compare=False)
    # The sealed fields that the question tries, whether it names a whole number, and
    # whether they are left for when the text is finished.
    fields: tuple[str, ...] = ()
    is_whole: bool = False
    is_put_off: bool = False

    def while_typing(self) -> "Question":
        """Return what to look up before the text is finished: no part of a number."""
        if not self.fields or self.is_whole:
            return self
        hint = _("号码输完后请按“查找”。")
        less = {"ranges": (), "id_blind": None, "fields": (), "hint": hint}
        return replace(self, is_put_off=True, **less)


def understand(text: str) -> Question:
    """Return what the text asks for; raises Refused with a sentence."""
    asked = tidy(text)
    if not asked:
        raise Refused(_("请输入姓名、拼音、证件号码、电话或住址。"))
    if len(asked) > LONGEST_QUESTION:
        raise Refused(_("输入太长，请只输入一个姓名、号码或住址。"))
    if not _ALLOWED.fullmatch(asked) or not _SEPARATORS.sub("", asked):
        raise Refused(_("有不能查找的符号，请输入姓名、拼音、证件号码、电话或住址。"))
    if _HAN.search(asked):
        return about_words(asked)
    bare = _SEPARATORS.sub("", asked).upper()
    if _DIGITS_AND_X.fullmatch(bare):
        return about_digits(asked, bare)
    if bare.isascii() and bare.isalpha():
        return about_letters(bare.lower())
    return about_document(bare)


def tidy(text: str) -> str:
    """Return the text narrow, with single blanks, without unseen marks."""
    plain = unicodedata.normalize("NFKC", seen(text or ""))
    return " ".join(plain.split()) if "\0" not in plain else plain


def about_words(text: str) -> Question:
    """Chinese with a digit in it is an address; else a name, or the name of a lane."""
    if any(character.isdigit() for character in text):
        doors = read_address(text)
        if not doors:
            raise Refused(_("按住址查找请从街巷名写起，如“凤山巷12号302”。"))
        return Question(text, doors=tuple(doors))
    name = normalise_name(text)[:24]
    if not name:
        raise Refused(_("请输入姓名、拼音、证件号码、电话或住址。"))
    if re.search(r"[a-z]", name) and not re.fullmatch(r"[^a-z]+|[a-z]+", name):
        hint = _("汉字和拼音请分开查。")
    else:
        hint = ""
    doors = tuple(door for door in read_address(text) if len(door.lane) > 1)
    ranges = (Range(keys.NAME + name.encode(), _("姓名")),)
    return Question(text, ranges, doors=doors, hint=hint)


def about_letters(text: str) -> Question:
    """Letters: a foreign name, pinyin, or initials."""
    word = text.encode()[:72]
    ranges = []
    if _PINYIN.match(text):
        ranges.append(Range(keys.PINYIN + word, _("拼音")))
    if len(text) > 1:
        ranges.append(Range(keys.INITIALS + word, _("首字母")))
    ranges.append(Range(keys.NAME + word[:24], _("姓名")))
    return Question(text, tuple(ranges))


def about_digits(asked: str, bare: str) -> Question:
    """Digits: a whole ID number or phone, the end of one, or a household number."""
    if _WHOLE_ID.fullmatch(bare):
        blind = blind_index("id_number", normalise_id(bare))
        return Question(bare, id_blind=blind, fields=("id_number",), is_whole=True)
    ranges, hashes = [], keys.HashKeys()
    fields: set[str] = set()
    if _ID_TAIL.fullmatch(bare):
        tail = bare if len(bare) == 5 else ""
        ranges.append(Range(hashes.id_prefix(bare), _("证件号码"), tail))
        fields.add("id_number")
    if len(bare) == keys.FEWEST_DIGITS and bare.isdigit():
        ranges.append(Range(hashes.phone_prefix(bare), _("电话")))
        fields.add("phone")
    phone = check_phone(asked)
    if phone.ok:
        ranges.append(Range(hashes.phone_key(phone.number), _("电话")))
        fields.add("phone")
    hint = "" if ranges else _("号码请输入完整，或只输入证件末4至6位、电话末4位。")
    return Question(
        bare,
        tuple(ranges),
        household_number=bare,
        hint=hint,
        fields=tuple(sorted(fields)),
        is_whole=phone.ok,
    )


def about_document(bare: str) -> Question:
    """Letters and digits: a passport or permit, or a household number."""
    if not bare.isascii():
        raise Refused(_("有不能查找的文字，请输入姓名、拼音、证件号码、电话或住址。"))
    return Question(
        bare,
        id_blind=blind_index("id_number", bare),
        household_number=bare,
        hint=_("汉字和拼音请分开查；证件号码请输入完整。"),
        fields=("id_number",),
    )

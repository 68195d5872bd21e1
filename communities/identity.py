"""ID numbers, phones and credit codes: normalise, check, explain in Chinese.

    found = check_id(" ３３０３８１１９０００１０１００１８ ")
    found.ok, found.number, found.birth_on, found.sex     # sex as a GB/T 2261.1 code

A check never guesses: what is damaged is refused with the reason. A region code that
is not in the list is a warning only, since many real cards bear abolished codes.
Source of the ID rules: GB 11643-1999; credit codes: GB 32100-2015.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from stdnum import numdb
from stdnum.cn import ric, uscc
from stdnum.exceptions import ValidationError as NumberError

from toolkit.unseen import seen

MALE, FEMALE, UNKNOWN_SEX = "1", "2", "0"
MOBILE, LANDLINE, SHORT, SERVICE = "mobile", "landline", "short", "service"
AREA_CODE = "0577"
MASK = "*"
# Police, fire, ambulance, traffic police, city hotline, legal aid, women, care, youth.
SHORT_NUMBERS = frozenset({"110", "119", "120", "122", "12345"}) | frozenset(
    {"12348", "12338", "12349", "12355"}
)
_EARLIEST_BIRTH_YEAR = 1850
# Spreadsheets keep fifteen digits of a number.
_EXACT = 10**15

_BLANKS = re.compile(r"[\s'’‘`\"]+")
_SCIENTIFIC = re.compile(r"\d(\.\d+)?E\+?\d+", re.ASCII)
_ID = re.compile(r"\d{17}[\dX]|\d{15}", re.ASCII)
_COUNTRY_CODE = re.compile(r"^(\+|00)86(?=[01])|^86(?=1\d{10}$)", re.ASCII)
_PHONE_MARKS = re.compile(r"[\s()\-./·—–_]+")
_MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)
_LANDLINE = re.compile(r"0(10|2\d)\d{8}|0[3-9]\d{2}\d{7,8}", re.ASCII)
_LOCAL = re.compile(r"[2-9]\d{7}", re.ASCII)
_PHONES_APART = re.compile(r"[,，、/／;；]")
_SERVICE = re.compile(r"[48]00\d{7}", re.ASCII)

MESSAGES = {
    "empty": gettext_lazy("没有填写。"),
    "scientific": gettext_lazy(
        "被表格软件改成了科学计数，末几位已经丢失，请按证件重新填写，并把该列设为文本。"
    ),
    "number": gettext_lazy(
        "单元格是数字格式，超过15位的部分已经丢失，请按证件重新填写，并把该列设为文本。"
    ),
    "masked": gettext_lazy("有星号，是遮住的号码，请填写完整号码。"),
    "length": gettext_lazy("身份证号码应为18位（旧证15位）。"),
    "characters": gettext_lazy("身份证号码只能是数字，末位可以是X。"),
    "birth_date": gettext_lazy("身份证号码中的出生日期不存在。"),
    "future_birth": gettext_lazy("身份证号码中的出生日期晚于今天。"),
    "checksum": gettext_lazy("身份证号码校验位不对，请逐位核对。"),
    "region": gettext_lazy("身份证号码前6位不在现行或已撤销的区划代码中，请核对。"),
    "phone": gettext_lazy("电话号码不对：手机11位，座机请带区号，如0577-65812345。"),
    "phones": gettext_lazy("一格只填一个电话号码。"),
    "extension": gettext_lazy("分机号请写在备注里，这里只填总机号码。"),
    "credit_code": gettext_lazy("统一社会信用代码应为18位，校验位须相符，请逐位核对。"),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a value is refused or doubted: a code for programs, a sentence for people."""

    code: str

    @property
    def message(self) -> str:
        return str(MESSAGES[self.code])


@dataclass(slots=True)
class IdCheck:
    """What an ID number says; `number` is upper-case and 18 long when it is sound."""

    number: str
    error: Problem | None = None
    warning: Problem | None = None
    birth_on: date | None = None
    sex: str = UNKNOWN_SEX

    @property
    def ok(self) -> bool:
        return self.error is None


@dataclass(slots=True)
class NumberCheck:
    """A phone number or a credit code after normalising, and what it is."""

    number: str
    kind: str = ""
    error: Problem | None = None

    @property
    def ok(self) -> bool:
        return self.error is None


def plain(value: object) -> str:
    """Full-width forms made narrow; blanks, quotes and invisible marks removed."""
    if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT:
        value = int(value)
    text = "" if value is None else str(value)
    if text.isascii() and text.isalnum():
        return text.upper()
    return _BLANKS.sub("", unicodedata.normalize("NFKC", seen(text))).upper()


def normalise_id(value: object) -> str:
    """The ID number as it is stored and compared: narrow, upper-case X, 18 digits."""
    number = plain(value)
    if len(number) == 15 and number.isdecimal():
        # Old cards: the century is 19, the check digit is new (GB 11643-1999).
        body = f"{number[:6]}19{number[6:]}"
        return body + check_digit(body)
    return number


def check_digit(body: str) -> str:
    """The 18th character for the first 17 digits (GB 11643-1999, ISO 7064 MOD 11-2)."""
    return ric.calc_check_digit(body[:17] + "?")


def check_id(value: object, today: date | None = None) -> IdCheck:
    """Read an ID number; never raises, the result says what is wrong.

    A number cell of a spreadsheet has lost its digits after the fifteenth: anything
    but text is refused unless it is a whole number of 15 digits.
    """
    if not isinstance(value, str) and _is_cut_off(value):
        return _refused_id(str(value), "number")
    number = normalise_id(value)
    if problem := _shape_problem(number):
        return _refused_id(number, problem)
    birth_on = _birth_on(number)
    if birth_on is None:
        return _refused_id(number, "birth_date")
    if birth_on > (today or date.today()):
        return _refused_id(number, "future_birth")
    if check_digit(number) != number[17]:
        return _refused_id(number, "checksum")
    return IdCheck(
        number,
        None,
        None if _region_known(number[:6]) else Problem("region"),
        birth_on,
        MALE if number[16] in "13579" else FEMALE,
    )


def normalise_phone(value: object) -> str:
    """Digits only, without +86; a Wenzhou number without area code gets 0577."""
    number = _PHONE_MARKS.sub("", plain(value))
    number = _COUNTRY_CODE.sub("", number)
    return AREA_CODE + number if _LOCAL.fullmatch(number) else number


def check_phone(value: object) -> NumberCheck:
    """Read one phone number: mobile, landline, 400/800 or public short number."""
    text = plain(value)
    if _MOBILE.fullmatch(text):
        return NumberCheck(text, MOBILE)
    number = normalise_phone(text)
    if not number:
        return NumberCheck("", error=Problem("empty"))
    if _SCIENTIFIC.fullmatch(text):
        return NumberCheck(text, error=Problem("scientific"))
    for kind, pattern in (
        (MOBILE, _MOBILE),
        (LANDLINE, _LANDLINE),
        (SERVICE, _SERVICE),
    ):
        if pattern.fullmatch(number):
            return NumberCheck(number, kind)
    if number in SHORT_NUMBERS:
        return NumberCheck(number, SHORT)
    return NumberCheck(number, error=Problem(_phone_problem(text)))


def split_phones(text: str) -> list[str]:
    """Return the parts of a text in which several phone numbers may stand."""
    parts = (part.strip() for part in _PHONES_APART.split(text))
    return [part for part in parts if part]


def show_phone(number: str) -> str:
    """The number as people read it: 138 1234 5678, 0577-65812345."""
    if _MOBILE.fullmatch(number):
        return f"{number[:3]} {number[3:7]} {number[7:]}"
    if _LANDLINE.fullmatch(number):
        area = 3 if number[1] in "12" else 4
        return f"{number[:area]}-{number[area:]}"
    return number


def check_credit_code(value: object) -> NumberCheck:
    """Read a unified social credit code of a unit or shop (GB 32100-2015)."""
    code = plain(value).replace("-", "")
    if not code:
        return NumberCheck("", error=Problem("empty"))
    try:
        uscc.validate(code)
    except NumberError:
        return NumberCheck(code, error=Problem("credit_code"))
    return NumberCheck(code, "credit_code")


def describe(check: IdCheck | NumberCheck) -> str:
    """One sentence for the form or the error column, "" when all is well."""
    if check.error:
        return check.error.message
    warning = getattr(check, "warning", None)
    return _("请留意：%(warning)s") % {"warning": warning.message} if warning else ""


def _refused_id(number: str, code: str) -> IdCheck:
    return IdCheck(number, Problem(code))


def _is_cut_off(value: object) -> bool:
    """Whether a number cell can no longer hold all digits of an ID number."""
    return isinstance(value, (int, float)) and not abs(value) < _EXACT


def _shape_problem(number: str) -> str:
    if _ID.fullmatch(number):
        return ""
    if not number:
        return "empty"
    if _SCIENTIFIC.fullmatch(number):
        return "scientific"
    if MASK in number:
        return "masked"
    return "length" if len(number) != 18 else "characters"


def _birth_on(number: str) -> date | None:
    try:
        day = date.fromisoformat(number[6:14])
    except ValueError:
        return None
    return day if day.year >= _EARLIEST_BIRTH_YEAR else None


@lru_cache(maxsize=8192)
def _region_known(code: str) -> bool:
    """Whether GB/T 2260 has or had this county; old codes of real cards count."""
    parts = numdb.get("cn/loc").info(code)
    return any("county" in properties for _part, properties in parts)


def _phone_problem(text: str) -> str:
    if MASK in text:
        return "masked"
    if len(re.findall(r"1[3-9]\d{9}", text)) > 1 or re.search(r"[,，、;；/|]\d", text):
        return "phones"
    if re.search(r"(转|EXT\.?|-)\d{1,5}$", text) and len(text) > 11:
        return "extension"
    return "phone"

"""What people see who have no need for the whole value.

ID numbers as the first 2 and last 3 characters (the format that county offices order
for published lists), phones as 138****1234, accounts as the last 4 digits.
"""

import re

STAR = "*"
# Two-character surnames; without them 欧阳明 would show as 欧**.
_PAIRS = (
    "欧阳太史端木上官司马东方独孤南宫万俟闻人夏侯诸葛尉迟公羊赫连澹台"
    "皇甫宗政濮阳公冶太叔申屠公孙慕容仲孙钟离长孙宇文司徒鲜于司空闾丘"
    "子车亓官司寇巫马公西颛孙壤驷公良漆雕乐正宰父谷梁拓跋夹谷轩辕令狐"
    "段干百里呼延东郭南门羊舌微生梁丘左丘东门西门南荣第五即墨达奚褚师"
    "钟吾单于淳于叱干贺兰贺若完颜耶律纳兰叶赫"
)
COMPOUND_SURNAMES = frozenset(
    _PAIRS[start : start + 2] for start in range(0, len(_PAIRS), 2)
)
_HAN_NAME = re.compile(r"[^\x00-\x7f·•・．\s]{2,}")
_WORD = re.compile(r"[^\s·•・．]+")


def mask_id(number: str) -> str:
    """33*************018; documents under 8 characters show their first one only."""
    if len(number) < 8:
        return _hide(number, 1, 0)
    return _hide(number, 2, 3)


def mask_phone(number: str) -> str:
    """138****1234, 0577****5678, ****5678 without area code, short ones last 2."""
    if len(number) == 11 and number[0] == "1":
        return _hide(number, 3, 4)
    if number[:1] == "0" and len(number) >= 10:
        # Area codes 010 and 02x have three digits, all others four.
        return _hide(number, 3 if number[1] in "12" else 4, 4)
    return _hide(number, 0, 4 if len(number) >= 7 else 2)


def mask_name(name: str) -> str:
    """张*, 张*明, 欧阳*; names of several words show the first letter of each."""
    if _HAN_NAME.fullmatch(name):
        surname = 2 if len(name) > 2 and name[:2] in COMPOUND_SURNAMES else 1
        return _hide(name, surname, 1 if len(name) > surname + 1 else 0)
    return _WORD.sub(lambda word: _hide(word[0], 1, 0) or STAR, name)


def mask_account(number: str) -> str:
    """****1234: the last four digits of a bank account, its length hidden."""
    digits = number.replace(" ", "")
    if not digits:
        return ""
    return STAR * 4 + (digits[-4:] if len(digits) >= 8 else "")


def _hide(text: str, first: int, last: int) -> str:
    """Keep so many characters at both ends and star the rest, at least one."""
    if len(text) <= first + last:
        return STAR * len(text)
    return text[:first] + STAR * (len(text) - first - last) + text[len(text) - last :]

"""The columns of a roster, and how they are recognised in a header row.

Everything here is plain data: the child process that reads files has no settings.
"""

import re
import unicodedata
from dataclasses import dataclass

# Words for the choices of the model; both sides are compared by a test.
LIVING = {
    "在住": "here",
    "外出": "away",
    "空挂户": "empty",
    "寄住": "lodging",
    "失踪": "missing",
    "不详": "unknown",
}
REGISTRATION = {
    "本街道户籍": "street",
    "瑞安市其他街镇户籍": "city",
    "外地户籍": "elsewhere",
    "不详": "unknown",
}
OTHER_WORDS = {
    "living": {"常住": "here", "空挂": "empty", "借住": "lodging", "未知": "unknown"},
    "registration": {
        "本街道": "street",
        "本市": "city",
        "瑞安": "city",
        "瑞安市": "city",
        "外地": "elsewhere",
        "外来": "elsewhere",
        "未知": "unknown",
    },
}


@dataclass(frozen=True)
class RosterColumn:
    """One column: its field, its title, how its cells are read, what to fill in."""

    key: str
    title: str
    reader: str
    help: str
    is_required: bool = False
    code_list: str = ""
    longest: int = 0
    others: tuple[str, ...] = ()
    # Only in a roster that was exported, not among what a clerk fills in.
    is_ours: bool = False

    @property
    def head(self) -> str:
        return f"{self.title}*" if self.is_required else self.title


def _column(key, title, reader, help, **details):  # noqa: A002
    return RosterColumn(key, title, reader, help, **details)


COLUMNS = (
    _column("name", "姓名", "name", "必填，与证件一致", is_required=True, longest=50),
    _column("id_kind", "证件种类", "code", "从列表选", code_list="id_document"),
    _column(
        "id_number",
        "证件号码",
        "id_number",
        "文本格式，18位身份证或其他证件号",
        others=("身份证号", "身份证号码", "身份证", "公民身份号码", "证件号"),
    ),
    _column(
        "no_id_reason", "无证件原因", "code", "没有证件时填", code_list="no_id_reason"
    ),
    _column("sex", "性别", "code", "有身份证可不填", code_list="sex"),
    _column(
        "birth_on",
        "出生日期",
        "date",
        "如1953-02-28，有身份证可不填",
        others=("出生年月日", "生日"),
    ),
    _column("ethnicity", "民族", "code", "从列表选", code_list="ethnicity"),
    _column(
        "marital", "婚姻状况", "code", "从列表选", code_list="marital", others=("婚姻",)
    ),
    _column(
        "education",
        "文化程度",
        "code",
        "从列表选",
        code_list="education",
        others=("学历",),
    ),
    _column("political", "政治面貌", "code", "从列表选", code_list="political"),
    _column("occupation", "职业", "code", "从列表选", code_list="occupation"),
    _column(
        "health", "健康状况", "code", "从列表选", code_list="health", others=("健康",)
    ),
    _column(
        "registration", "户籍", "choice", "从列表选", others=("户籍情况", "户籍类型")
    ),
    _column("living", "居住状态", "choice", "从列表选", others=("居住情况",)),
    _column(
        "phone",
        "联系电话",
        "phone",
        "一格一个号码",
        others=("电话", "手机", "手机号", "手机号码", "联系方式"),
    ),
    _column(
        "number",
        "户号",
        "number",
        "必填，同一户填同一个号",
        is_required=True,
        longest=30,
        others=("户编号",),
    ),
    _column(
        "relation",
        "与户主关系",
        "relation",
        "必填，一户只有一个户主，本人按户主登记",
        is_required=True,
        code_list="relation",
        others=("户主关系", "家庭关系"),
    ),
    _column(
        "community",
        "社区（村）",
        "unit",
        "必填，名称或编码",
        is_required=True,
        longest=50,
        others=("社区", "村", "社区村", "社区名称", "所属社区"),
    ),
    _column(
        "grid",
        "网格",
        "unit",
        "必填，名称或编码",
        is_required=True,
        longest=50,
        others=("网格名称", "所属网格"),
    ),
    _column("lane", "街巷", "place", "如凤山巷", longest=50, others=("街路巷", "道路")),
    _column("door", "门牌号", "door", "只填号数", longest=20, others=("门牌",)),
    _column("block", "幢", "block", "没有则空", longest=20, others=("楼幢", "栋")),
    _column("staircase", "单元", "staircase", "没有则空", longest=10),
    _column("room", "室", "room", "室号", longest=20, others=("室号", "房号")),
    _column("emergency_name", "紧急联系人", "name", "亲属或邻居", longest=50),
    _column("emergency_relation", "联系人关系", "text", "如女儿", longest=20),
    _column(
        "emergency_phone",
        "联系人电话",
        "phone",
        "一格一个号码",
        others=("紧急联系人电话", "紧急电话"),
    ),
    _column("record", "档案号", "record", "请不要改；新增的人留空", is_ours=True),
)
TEMPLATE = tuple(column for column in COLUMNS if not column.is_ours)
KEYS = tuple(column.key for column in COLUMNS)
SLOT = {key: slot for slot, key in enumerate(KEYS)}
BY_KEY = {column.key: column for column in COLUMNS}
REQUIRED = tuple(column for column in COLUMNS if column.is_required)

_MARKS = re.compile(r"[\s*:：\u200b-\u200f\u2060\ufeff]+|\(必填\)|\(选填\)")
_BRACKETS = re.compile(r"[()]")
FEWEST_HEADS = 3
EXPLAINS = re.compile(r"必填|填写|说明|示例|例如|例[:：]")


def title_word(cell: object) -> str:
    """Return a header cell as titles are compared: narrow, no blanks, no star."""
    if not isinstance(cell, str):
        return ""
    return _BRACKETS.sub("", _MARKS.sub("", unicodedata.normalize("NFKC", cell)))


TITLES = {
    title_word(title): column.key
    for column in COLUMNS
    for title in (column.title, *column.others)
}


# What the one sheet of a CSV file is called, which has no name of its own.
CSV_SHEET = "CSV"


class BadHeader(Exception):  # noqa: N818
    """The header row cannot be used: reason "twice", "missing" or "unknown"."""

    def __init__(self, reason: str, titles: list[str]):
        super().__init__(reason, "、".join(titles)[:200])


def is_header(cells: list) -> bool:
    """Whether a row is the header of a roster: the name and two more known titles."""
    keys = [TITLES.get(title_word(cell)) for cell in cells]
    return "name" in keys and len(set(keys) - {None}) >= FEWEST_HEADS


def slots_of(cells: list) -> tuple[dict[int, int], list[str]]:
    """Return the slot of each position with a known title, and the unknown titles.

    Raises BadHeader where a column is there twice, a required one is missing, or one
    is marked as required that nobody here knows.
    """
    slots: dict[int, int] = {}
    unknown, required, twice = [], [], []
    for position, cell in enumerate(cells):
        key = TITLES.get(title_word(cell))
        if key is None:
            if word := title_word(cell):
                starred = isinstance(cell, str) and "*" in cell.replace("＊", "*")
                (required if starred else unknown).append(word[:20])
        elif SLOT[key] in slots.values():
            twice.append(BY_KEY[key].title)
        else:
            slots[position] = SLOT[key]
    missing = [c.title for c in REQUIRED if SLOT[c.key] not in slots.values()]
    for reason, titles in (
        ("twice", twice),
        ("missing", missing),
        ("unknown", required),
    ):
        if titles:
            raise BadHeader(reason, titles)
    return slots, unknown


def is_explanation(cells: list, slots: dict[int, int]) -> bool:
    """Whether the row below the header tells how to fill it in: it holds no person."""
    at = next(position for position, slot in slots.items() if slot == SLOT["name"])
    cell = cells[at] if at < len(cells) else ""
    return isinstance(cell, str) and bool(EXPLAINS.search(cell))

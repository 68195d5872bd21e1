"""What is wrong with a cell or a file, in sentences that say what to do."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities.identity import MESSAGES
from communities.roster.layout import BY_KEY, CSV_SHEET
from toolkit.child import ChildFailed

SENTENCES = {
    "required": gettext_lazy("必填，没有填写。"),
    "boolean": gettext_lazy("单元格是逻辑值，请改成文本。"),
    "formula": gettext_lazy(
        "这一格是公式，没有算出的值；请在 Excel 里打开、另存一次，或改成数值。"
    ),
    "formula_error": gettext_lazy(
        "这一格的公式算出来是错误（如 #N/A），请改好或改成数值。"
    ),
    "date_cell": gettext_lazy("被表格软件改成了日期，请把该列设为文本后重新填写。"),
    "long": gettext_lazy("太长，最多%(detail)s个字。"),
    "sign": gettext_lazy("不能以“=”“+”“-”“@”开头，请核对。"),
    "name": gettext_lazy("不像姓名，请核对。"),
    "code": gettext_lazy("不在代码表里，请从列表选。"),
    "choice": gettext_lazy("不在可选范围里，请从列表选。"),
    "date": gettext_lazy("日期看不懂或不存在，请写成1953-02-28。"),
    "future": gettext_lazy("日期晚于今天。"),
    "no_document": gettext_lazy("证件种类是“无证件”，却填了号码。"),
    "kind": gettext_lazy("不是身份证号码，请填写证件种类。"),
    "document": gettext_lazy("证件号码应为5至20位字母和数字。"),
    "birth_differs": gettext_lazy("与身份证号码中的出生日期不一致。"),
    "sex_differs": gettext_lazy("与身份证号码中的性别不一致。"),
    "lane": gettext_lazy("填了门牌就要填街巷。"),
    "no_community": gettext_lazy(
        "没有这个社区（村），请按“社区和网格”里的名称或编码填写。"
    ),
    "no_grid": gettext_lazy("该社区（村）没有这个网格，请先登记网格。"),
    "reach": gettext_lazy("不在这次导入的社区（村），或不在您的工作范围。"),
    "two_homes": gettext_lazy("该社区有两个网格都有这个户号，请核对网格。"),
    "grid_differs": gettext_lazy("与同一户前面的行网格不一致。"),
    "place_differs": gettext_lazy("与同一户前面的行住址不一致。"),
    "second_head": gettext_lazy("这一户前面已经有一位户主。"),
    "has_head": gettext_lazy("这一户已登记了另一位户主，请一并填写原户主的新关系。"),
    "elsewhere": gettext_lazy("已登记在其他社区（村），请核对，或先办理迁移。"),
    "ended": gettext_lazy("登记的人已注销，请先核对。"),
    "other_name": gettext_lazy("登记的是另一个姓名，请核对。"),
    "name_beside": gettext_lazy(
        "登记的是另一个姓名，这个姓名是同一户另一人的；两人姓名要对换，请在档案里改。"
    ),
    "name_alone": gettext_lazy(
        "与档案里的不同；改姓名请同时填写与档案相同的出生日期或证件号码，或在档案里改。"
    ),
    "record": gettext_lazy("不是档案号，请用导出的名册，新增的人留空。"),
    "no_record": gettext_lazy("没有这份档案，请用最近导出的名册。"),
    "other_id": gettext_lazy("与档案里的不同，请核对；确要更正请在档案里改。"),
    "taken_id": gettext_lazy("已登记在另一份档案里，请核对。"),
    "ambiguous": gettext_lazy("这一户有几位同名的人，请补填证件号码或出生日期。"),
    "twice": gettext_lazy("与工作表“%(sheet)s”第%(line)s行是同一个人。"),
    "twice_here": gettext_lazy("与第%(line)s行是同一个人。"),
}
NOTES = {
    "hidden": gettext_lazy("隐藏的工作表，没有读。"),
    "no_header": gettext_lazy("没有找到表头，没有读。"),
}
HEADERS = {
    "twice": gettext_lazy("工作表“%(sheet)s”的表头有重复的列：%(titles)s。"),
    "missing": gettext_lazy("工作表“%(sheet)s”缺少必填的列：%(titles)s。"),
    "unknown": gettext_lazy("工作表“%(sheet)s”有不认识的必填列：%(titles)s。"),
}
# Of a file without sheets.
HEADERS_OF_CSV = {
    "twice": gettext_lazy("表头有重复的列：%(titles)s。"),
    "missing": gettext_lazy("缺少必填的列：%(titles)s。"),
    "unknown": gettext_lazy("有不认识的必填列：%(titles)s。"),
}
FAILURES = {
    "TooLarge": gettext_lazy("表格太大：最多30万行、200列，请分成几个文件。"),
    "UnicodeError": gettext_lazy("文件不是 UTF-8 或 GB18030 编码，请另存后再上传。"),
    "PasswordError": gettext_lazy("文件有密码，请去掉密码后再上传。"),
}


def sentence(key: str, code: str, detail: str = "") -> str:
    """Return the sentence for a problem of a cell, with the title of its column."""
    said = SENTENCES.get(code)
    if said is None:
        said = MESSAGES[code.removeprefix("id_")]
    if code == "twice":
        sheet, _zero, line = detail.partition("\0")
        # The row's own sheet goes without saying, and a CSV has none.
        said = said if sheet else SENTENCES["twice_here"]
        words = {"sheet": sheet, "line": line}
    else:
        words = {"detail": detail}
    return f"{BY_KEY[key].title}：{str(said) % words}"


def header_sentence(sheet: str, reason: str, titles: str) -> str:
    said = HEADERS_OF_CSV if sheet == CSV_SHEET else HEADERS
    return str(said[reason]) % {"sheet": sheet, "titles": titles}


def note_of(about: dict) -> str:
    """Return what there is to say about a sheet: not read, or columns left aside."""
    if note := about.get("note"):
        return str(NOTES[note])
    if unknown := about.get("unknown"):
        titles = "、".join(unknown)[:100]
        return _("没有读这些列：%(titles)s。") % {"titles": titles}
    return ""


def failure_sentence(failure: ChildFailed) -> str:
    """Return why the file could not be read."""
    return str(FAILURES.get(failure.kind) or failure)

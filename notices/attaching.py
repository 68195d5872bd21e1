"""What an attachment holds, read before anybody publishes it."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from toolkit.child import ChildFailed, run_limited
from toolkit.document_text import READABLE
from toolkit.locks import exclusive, one_place
from toolkit.privacy.detectors import LABELS
from toolkit.uploads import Checked

# For reading and searching together.
READING_SECONDS = 20
# More than this tells nothing new.
MOST_FINDINGS = 20
# Each takes a processor and 512 MB while the pages go on answering.
MOST_READERS = 2
# The code of the refusal by which nobody did anything wrong.
BUSY = "busy"


@dataclass(frozen=True)
class Content:
    """What is in a file: {"place", "label", "masked"} of each personal number.

    `was_read` says whether a program could read what is shown.
    """

    findings: list[dict] = field(default_factory=list)
    was_read: bool = False


@contextmanager
def turn_to_read(by) -> Iterator[None]:
    """Have one of the few turns to read a file, each account one at a time.

    Nobody waits for a turn, for who waits holds up a page: raises ValidationError.
    """
    with exclusive(f"reading-by:{by.pk}") as is_only:
        if not is_only:
            told = _("您添加的上一个附件还在检查，请等它检查完再添加。")
            raise ValidationError(told, code=BUSY)
        with one_place("reading", MOST_READERS) as has_place:
            if not has_place:
                told = _("正在检查别人的附件，请过半分钟再添加一次。")
                raise ValidationError(told, code=BUSY)
            yield


def look_into(checked: Checked, allowed: Collection[str]) -> Content:
    """Return what a checked file holds; a picture has nothing to read.

    May take READING_SECONDS: ask outside of any transaction. Raises ValidationError
    for a document that cannot be read.
    """
    if checked.kind not in READABLE:
        return Content()
    checked.file.seek(0)
    data = checked.file.read()
    checked.file.seek(0)
    try:
        was_read, numbers = run_limited(
            "toolkit.document_numbers.search",
            checked.kind,
            data,
            allowed,
            MOST_FINDINGS,
            seconds=READING_SECONDS,
        )
    except ChildFailed as failure:
        raise ValidationError(refusal_of(failure)) from failure
    return Content([finding_of(*number) for number in numbers], was_read)


def refusal_of(failure: ChildFailed) -> str:
    """Return the sentence that says why a document is not taken."""
    told = {
        "FileWithin": _("附件里嵌有别的文件，请取出后单独上传。"),
        "NoPage": _("这个 PDF 里没有一页内容，请重新导出。"),
        "TooMuchText": _("附件文字太多，请拆成几个文件。"),
    }
    if failure.kind in told:
        return told[failure.kind]
    return _("附件内容读不出来，无法检查：%(reason)s") % {"reason": failure}


def finding_of(part: str, name: str, line: int, kind: str, masked: str) -> dict:
    """Return what is written down about a personal number in a document."""
    place = place_in_words(part, name, line)
    return {"place": place, "label": str(LABELS[kind]), "masked": masked}


def place_in_words(part: str, name: str, line: int) -> str:
    """Return where something stands, as a reader of the document would find it."""
    if part == "sheet":
        return _("工作表“%(name)s”第 %(line)d 行") % {"name": name, "line": line}
    if part == "page":
        return _("第 %(page)s 页") % {"page": name}
    if part == "notes":
        return _("批注、页眉或脚注")
    if part == "sheet_name":
        return _("工作表名称")
    if part == "hidden":
        return _("看不到的地方（文档属性、打印页眉、下拉选项、修订、嵌入的文件等）")
    return _("第 %(line)d 行") % {"line": line}

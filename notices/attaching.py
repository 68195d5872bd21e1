"""What an attachment holds, read before anybody publishes it."""

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from toolkit.child import ChildFailed, run_limited
from toolkit.document_text import READABLE, UNSHOWN
from toolkit.privacy.detectors import find_personal_numbers
from toolkit.uploads import Checked

READING_SECONDS = 20
# More than this tells nothing new.
MOST_FINDINGS = 20


def read_text(checked: Checked) -> list[list[str]] | None:
    """Return the pieces of text of a checked file, None where it has none to read.

    Raises ValidationError for a document that cannot be read.
    """
    if checked.kind not in READABLE:
        return None
    checked.file.seek(0)
    data = checked.file.read()
    checked.file.seek(0)
    try:
        pieces = run_limited(
            "toolkit.document_text.pieces_of",
            checked.kind,
            data,
            seconds=READING_SECONDS,
        )
    except ChildFailed as failure:
        raise ValidationError(
            _("附件内容读不出来，无法检查：%(reason)s") % {"reason": failure}
        ) from failure
    return pieces


def shows_text(pieces: list[list[str]] | None) -> bool:
    """Whether a program could read what is shown; of a scan only a person can."""
    return any(part not in UNSHOWN for part, _name, _text in pieces or ())


def findings_in(pieces: list[list[str]], allowed: Collection[str]) -> list[dict]:
    """Return {"place", "label", "masked"} for each personal number in the pieces."""
    found = []
    for part, name, text in pieces:
        for hit in find_personal_numbers(text, allowed):
            place = place_in_words(part, name, hit.line)
            finding = {"place": place, "label": hit.label, "masked": hit.masked}
            if finding not in found:
                found.append(finding)
    return found[:MOST_FINDINGS]


def place_in_words(part: str, name: str, line: int) -> str:
    """Return where something stands, as a reader of the document would find it."""
    if part == "sheet":
        # The name of a sheet may be a personal number itself.
        name = next((hit.masked for hit in find_personal_numbers(name)), name)
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

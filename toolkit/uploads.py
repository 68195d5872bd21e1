"""One gate for every uploaded file: form, import, sync and admin alike.

    checked = validate_upload(form_file, kinds=PICTURES)     # raises UploadRefused
    photo.file = checked.file                 # FileField(upload_to=upload_path)
    photo.name = checked.name

Order: size, magic bytes against the allow-list, zip directory, and pictures re-encoded
in a child process (metadata gone). Stored names are random. There is no SVG, no HTML
and no macro. A refusal is a ValidationError, so forms show its sentence.
"""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation, ValidationError
from django.core.files.base import ContentFile, File
from django.utils import timezone
from django.utils.translation import gettext as _

from toolkit import archives, formats
from toolkit.child import ChildFailed, run_limited

MOST_BYTES = 20 * 1024 * 1024
MOST_PIXELS = 24_000_000
PICTURE_SECONDS = 10
HEAD_BYTES = 16
# The code of a refusal that may be another one the next time.
BUSY = "busy"
LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: its extensions, the bytes it begins with, its media type."""

    extensions: tuple[str, ...]
    magic: re.Pattern | None
    media_type: str


KINDS = {
    "jpg": Kind(("jpg", "jpeg"), re.compile(rb"\xff\xd8\xff"), "image/jpeg"),
    "png": Kind(("png",), re.compile(rb"\x89PNG\r\n\x1a\n"), "image/png"),
    "webp": Kind(("webp",), re.compile(rb"RIFF....WEBP", re.DOTALL), "image/webp"),
    "pdf": Kind(("pdf",), re.compile(rb"%PDF-[12]\.\d"), "application/pdf"),
    "docx": Kind(
        ("docx",),
        re.compile(rb"PK\x03\x04"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    "xlsx": Kind(
        ("xlsx",),
        re.compile(rb"PK\x03\x04"),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    "csv": Kind(("csv",), None, "text/csv"),
    "txt": Kind(("txt",), None, "text/plain"),
}
PICTURES = ("jpg", "png", "webp")
DOCUMENTS = ("pdf", "docx", "xlsx")
TABLES = ("xlsx", "csv")
ALL = tuple(KINDS)
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What the old kinds are saved as.
_NEW_OFFICE = {"xls": "xlsx", "doc": "docx"}
_MARKUP = re.compile(rb"\s*<(!doctype|html|svg|script|\?xml|head|body|table)", re.I)
_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]')


class UploadRefused(ValidationError):  # noqa: N818
    """The file is not taken; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that passed: what it is called, what it is, what to store."""

    kind: str
    name: str
    file: ContentFile
    sha256: str

    @property
    def media_type(self) -> str:
        return KINDS[self.kind].media_type

    @property
    def size(self) -> int:
        return self.file.size


def validate_upload(
    file: File,
    kinds: tuple[str, ...] = ALL,
    most_bytes: int | None = None,
    most_unpacked: int = archives.MOST_UNPACKED,
) -> Checked:
    """Check the file and return what to store; raises UploadRefused.

    Sizes in bytes; `most_unpacked` is for workbooks, whose sheets are zip entries.
    """
    most = most_bytes or getattr(settings, "YUHAI_UPLOAD_MOST_BYTES", MOST_BYTES)
    if not file.size:
        _refuse("empty", _("文件是空的，请重新选择。"))
    if file.size > most:
        limit = most // (1024 * 1024)
        _refuse("size", _("文件超过 %(size)s MB，请压缩后再上传。") % {"size": limit})
    kind = _kind_of(file, kinds)
    file.seek(0)
    data = file.read(most + 1)
    file.seek(0)
    name = clean_name(file.name)
    if kind in PICTURES:
        data, kind = _reencoded(data), "jpg"
        name = f"{name.rpartition('.')[0]}.jpg"
    else:
        _check_content(kind, data, most_unpacked)
    return Checked(
        kind,
        name,
        ContentFile(data, name=f"{uuid4().hex}.{kind}"),
        hashlib.sha256(data).hexdigest(),
    )


def upload_path(instance, filename: str) -> str:
    """Where a file is stored, for every FileField: month folder, random name."""
    extension = PurePosixPath(filename).suffix.lower().lstrip(".")
    if extension not in KINDS:
        raise SuspiciousFileOperation("only checked uploads are stored")
    return f"uploads/{timezone.localdate():%Y/%m}/{uuid4().hex}.{extension}"


def clean_name(name: str | None) -> str:
    """The name for people: without folders, control or direction marks, ≤ 100 long."""
    text = unicodedata.normalize("NFC", (name or "").replace("\\", "/"))
    text = _UNSAFE.sub("", text.rpartition("/")[2])
    text = "".join(c for c in text if unicodedata.category(c)[0] != "C").strip(" .")
    stem, dot, extension = text.rpartition(".")
    if not dot:
        stem, extension = text, ""
    return (stem[: LONGEST_NAME - 10] or "file") + dot + extension[:9]


def _kind_of(file: File, kinds: tuple[str, ...]) -> str:
    """The kind that both the extension and the first bytes say."""
    file.seek(0)
    head = file.read(HEAD_BYTES)
    extension = (file.name or "").rpartition(".")[2].lower()
    if head.startswith(_OLD_OFFICE) or extension in _NEW_OFFICE:
        _refuse_old_office(_NEW_OFFICE.get(extension, extension), kinds)
    kind = next((k for k in kinds if extension in KINDS[k].extensions), None)
    if kind is None:
        _refuse(
            "kind",
            _("不接收这种文件，只接收：%(kinds)s。") % {"kinds": formats.listed(kinds)},
        )
    magic = KINDS[kind].magic
    if magic and not magic.match(head):
        _refuse(
            "magic",
            _("文件内容不是 %(kind)s，请用原软件另存后再上传。") % {"kind": kind},
        )
    return kind


def _refuse_old_office(wanted: str, kinds: tuple[str, ...]) -> None:
    """Say as what to save the file; say nothing where that is not taken either."""
    words = _("这是旧版或加密的 Office 文件，请去掉密码，另存为 docx 或 xlsx。")
    if kinds == TABLES:
        if wanted not in kinds:
            return
        words = _(
            "这是旧版 .xls 或加了密码的表格，请用 Excel 或 WPS 去掉密码，"
            "另存为 .xlsx 再上传。"
        )
    _refuse("old_office", words)


def _check_content(kind: str, data: bytes, most_unpacked: int) -> None:
    if kind in archives.MAIN_PARTS:
        if problem := archives.problem_of(data, kind, most_unpacked):
            _refuse("archive", problem)
    elif kind == "pdf":
        if b"%%EOF" not in data[-4096:]:
            _refuse("pdf", _("PDF 文件不完整，请重新下载或导出。"))
    elif not is_text(data):
        _refuse("text", _("文件不是纯文本，请另存为 UTF-8 或 GB18030 编码。"))


def is_text(data: bytes) -> bool:
    """Whether the bytes are text in UTF-8, GB18030 or UTF-16 with its mark."""
    if _MARKUP.match(data):
        return False
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decodes(data, "utf-16")
    return b"\0" not in data and (_decodes(data, "utf-8") or _decodes(data, "gb18030"))


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        return "\0" not in data.decode(encoding)
    except UnicodeDecodeError:
        return False


def _reencoded(data: bytes) -> bytes:
    try:
        return run_limited(
            "toolkit.pictures.reencode", data, MOST_PIXELS, seconds=PICTURE_SECONDS
        )
    except ChildFailed as failure:
        if failure.kind == "TooManyPixels":
            _refuse("pixels", _("图片超过 2400 万像素，请缩小后再上传。"))
        if failure.reason == "error":
            _refuse("picture", _("图片打不开，可能已损坏，请重新拍摄或另存。"))
        # Out of time or memory: it says nothing of the picture.
        _refuse(BUSY, str(failure))


def _refuse(code: str, sentence: str):
    raise UploadRefused(sentence, code=code)

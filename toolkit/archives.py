"""Look into the directory of an Office file before any parser opens it."""

import io
import stat
import zipfile

from django.utils.translation import gettext as _

MOST_ENTRIES = 1_000
MOST_UNPACKED = 100 * 1024 * 1024
MOST_RATIO = 100
LOCAL_HEADER_BYTES = 30
# The part without which the file is not what its name says.
MAIN_PARTS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
_ACTIVE = ("vbaproject.bin", "vbadata.xml")
_NESTED = (".zip", ".rar", ".7z", ".gz", ".jar", ".exe", ".dll", ".js", ".vbs")


def problem_of(data: bytes, kind: str, most_unpacked: int = MOST_UNPACKED) -> str:
    """The sentence that refuses the archive, or "" if it may be opened."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        return _("文件已损坏，请用原软件打开后另存。")
    names = [entry.filename for entry in entries]
    if MAIN_PARTS[kind] not in names:
        return _("文件内容不是 %(kind)s，请用原软件另存后再上传。") % {"kind": kind}
    if is_bomb(entries, len(data), most_unpacked):
        return _("文件解开后太大，请删去空白行列和多余内容后再上传。")
    if _is_crooked(entries, names):
        return _("文件内部结构异常，请用原软件另存后再上传。")
    if any(name.lower().endswith(_ACTIVE) for name in names):
        return _("文件带有宏，请另存为不含宏的格式后再上传。")
    if any(name.lower().endswith(_NESTED) for name in names):
        return _("文件里嵌有压缩包或程序，请去掉后再上传。")
    return ""


def is_bomb(entries: list[zipfile.ZipInfo], packed: int, most_unpacked: int) -> bool:
    """Whether the archive unpacks to more than anybody sends, or to very many files."""
    unpacked = sum(entry.file_size for entry in entries)
    return (
        len(entries) > MOST_ENTRIES
        or unpacked > most_unpacked
        or unpacked > packed * MOST_RATIO
    )


def _is_crooked(entries: list[zipfile.ZipInfo], names: list[str]) -> bool:
    """Encrypted, linked, doubled, overlapping or misplaced entries."""
    folded = {name.lower() for name in names}
    return (
        len(folded) != len(names)
        or any(map(_is_misplaced, names))
        or any(entry.flag_bits & 0x1 or _is_link(entry) for entry in entries)
        or _overlap(entries)
    )


def _is_misplaced(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return name.startswith(("/", "\\")) or ".." in parts or ":" in parts[0]


def _is_link(entry: zipfile.ZipInfo) -> bool:
    return stat.S_ISLNK(entry.external_attr >> 16)


def _overlap(entries: list[zipfile.ZipInfo]) -> bool:
    """Entries that share bytes unpack one stretch many times over."""
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < end:
            return True
        end = entry.header_offset + LOCAL_HEADER_BYTES + entry.compress_size
    # The first entry begins the file, or something else hides in front of it.
    return min(entry.header_offset for entry in entries) != 0

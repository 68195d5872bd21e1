import io
import re
import struct
import zipfile
import zlib

import pytest
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import ContentFile
from django.utils.translation import override
from PIL import ExifTags, Image

from toolkit.uploads import (
    ALL,
    DOCUMENTS,
    KINDS,
    PICTURES,
    UploadRefused,
    clean_name,
    upload_path,
    validate_upload,
)

SHEET = "xl/workbook.xml"
CANARY = b"CANARY-GPS"
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def picture(form="JPEG", size=(40, 30), mode="RGB", **options):
    encoded = io.BytesIO()
    Image.new(mode, size, "red").save(encoded, form, **options)
    return encoded.getvalue()


def boastful_picture(width, height):
    """A small PNG whose header tells another size; drawn, it would take gigabytes."""
    data = bytearray(picture("PNG"))
    # Width and height stand behind signature, length and name of the first chunk,
    # whose check sum covers name and content.
    data[16:24] = struct.pack("!II", width, height)
    data[29:33] = struct.pack("!I", zlib.crc32(data[12:29]))
    return bytes(data)


def talkative_picture():
    """A picture on its side, with orientation, place and comment."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    exif[ExifTags.Base.ImageDescription] = CANARY.decode()
    return picture(exif=exif, comment=CANARY, icc_profile=CANARY, xmp=CANARY)


def archive(*names, main=SHEET, content=b"<x/>", name_of_link=""):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name in filter(None, (main, *names)):
            file.writestr(name, content)
        if name_of_link:
            link = zipfile.ZipInfo(name_of_link)
            link.external_attr = 0o120777 << 16
            file.writestr(link, "/etc/passwd")
    return packed.getvalue()


def brief(value):
    """A short name for a case: bytes say only how they begin."""
    return repr(value[:4]) if isinstance(value, bytes) else value


def check(name, data, kinds=ALL, **limits):
    return validate_upload(ContentFile(data, name=name), kinds, **limits)


def refusal(name, data, kinds=ALL, **limits):
    with pytest.raises(UploadRefused) as refused:
        check(name, data, kinds, **limits)
    assert refused.value.messages[0].endswith("。")
    return refused.value.code


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("照片.JPG", picture(), "jpg"),
        ("照片.png", picture("PNG", mode="RGBA"), "jpg"),
        ("照片.webp", picture("WEBP"), "jpg"),
        ("通知.pdf", b"%PDF-1.7\n...\n%%EOF\n", "pdf"),
        ("名册.xlsx", archive("xl/worksheets/sheet1.xml"), "xlsx"),
        ("通知.docx", archive(main="word/document.xml"), "docx"),
        ("名册.csv", "姓名,电话\n".encode(), "csv"),
        ("名册.csv", "姓名,电话\n".encode("gb18030"), "csv"),
        ("说明.txt", "说明".encode("utf-16"), "txt"),
    ],
    ids=brief,
)
def test_every_allowed_kind_is_taken(name, data, kind):
    checked = check(name, data)

    assert checked.kind == kind
    assert checked.media_type == KINDS[kind].media_type
    assert checked.name.rpartition(".")[0] == name.rpartition(".")[0]
    assert checked.size == len(checked.file.read())


def test_a_picture_is_stored_upright_and_says_nothing_else():
    data = talkative_picture()
    assert CANARY in data

    stored = check("IMG.jpg", data, PICTURES).file.read()

    assert CANARY not in stored
    assert Image.open(io.BytesIO(stored)).size == (30, 40)
    assert not Image.open(io.BytesIO(stored)).getexif()


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_is_turned_for_every_orientation(orientation):
    source = Image.new("RGB", (64, 32), "white")
    source.paste("red", (0, 0, 32, 16))
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    encoded = io.BytesIO()
    source.save(encoded, "PNG", exif=exif)

    stored = Image.open(check("a.png", encoded.getvalue()).file)

    # Where the red corner belongs, by the orientation's definition.
    right, bottom = orientation in (2, 3, 6, 7), orientation in (3, 4, 7, 8)
    corner = (stored.width - 4 if right else 4, stored.height - 4 if bottom else 4)
    assert stored.getpixel(corner)[1] < 60


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_a_picture_of_any_mode_becomes_a_jpeg_on_white(mode):
    encoded = io.BytesIO()
    Image.new(mode, (8, 8)).save(encoded, "PNG")

    stored = Image.open(check("a.png", encoded.getvalue()).file)

    assert (stored.format, stored.mode) == ("JPEG", "RGB")


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.jpg", picture("PNG"), "magic"),
        ("a.png", picture(), "magic"),
        ("a.jpg", picture()[:200], "picture"),
        ("a.jpg", b"\xff\xd8\xff" + b"x" * 99, "picture"),
        ("a.png", boastful_picture(6001, 4000), "pixels"),
        ("a.png", boastful_picture(30_000, 30_000), "pixels"),
        ("a.svg", b"<svg onload='alert(1)'/>", "kind"),
        ("a.html", b"<html>", "kind"),
        ("a.gif", picture("GIF"), "kind"),
        ("a", b"text", "kind"),
        ("a.txt", b"", "empty"),
        ("a.txt", b"a\0b", "text"),
        ("a.csv", b" <html><table>", "text"),
        ("a.csv", bytes(range(128, 256)), "text"),
        ("a.pdf", b"%PDF-1.7\n", "pdf"),
        ("a.pdf", b"%!PS", "magic"),
        ("a.xls", b"anything", "old_office"),
        ("a.xlsx", OLD_OFFICE + b"x" * 99, "old_office"),
        ("a.docx", OLD_OFFICE + b"x" * 99, "old_office"),
    ],
    ids=brief,
)
def test_what_is_not_what_it_says_is_refused(name, data, code):
    assert refusal(name, data) == code


def test_readers_of_english_are_told_the_kinds_with_their_own_marks():
    with override("en"), pytest.raises(UploadRefused) as refused:
        check("a.exe", b"MZ")
    [said] = refused.value.messages
    assert said.endswith(f"Accepted: {', '.join(ALL)}.")


@pytest.mark.parametrize(
    "data",
    [
        archive(main="word/document.xml"),
        archive()[:-20],
        b"PK\x03\x04" + b"x" * 99,
        archive("xl/vbaProject.bin"),
        archive("xl/VBAPROJECT.BIN"),
        archive("xl/embeddings/inner.zip"),
        archive("../outside.xml"),
        archive("/etc/passwd"),
        archive("c:/windows"),
        archive("..\\outside"),
        archive("XL/workbook.xml"),
        archive(name_of_link="xl/link"),
        archive(*(f"xl/{number}.xml" for number in range(1000))),
        archive(content=b"0" * 30_000_000),
        b"PK\x03\x04" + b"hidden" + archive(),
    ],
    ids=[
        *("other kind", "cut off", "junk", "macro", "macro in capitals", "nested zip"),
        *("parent", "absolute", "drive", "backslash", "doubled name", "link"),
        *("many entries", "bomb", "something in front"),
    ],
)
def test_a_workbook_with_a_crooked_archive_is_refused(data):
    assert refusal("a.xlsx", data) == "archive"


def test_entries_that_share_their_bytes_are_refused():
    data = bytearray(archive("xl/a.xml", "xl/b.xml"))
    directory = [match.start() for match in re.finditer(b"PK\x01\x02", data)]
    # Let the third entry point at the second one's bytes.
    data[directory[2] + 42 : directory[2] + 46] = data[
        directory[1] + 42 : directory[1] + 46
    ]

    assert refusal("a.xlsx", bytes(data)) == "archive"


def test_an_encrypted_entry_is_refused():
    data = bytearray(archive("xl/a.xml"))
    data[data.rindex(b"PK\x01\x02") + 8] |= 1

    assert refusal("a.xlsx", bytes(data)) == "archive"


def test_unpacked_size_counts_beside_the_ratio():
    data = archive(content=b"0123456789abcdef" * 1000)

    assert check("a.xlsx", data).kind == "xlsx"
    assert refusal("a.xlsx", data, most_unpacked=15_000) == "archive"


def test_a_file_that_is_too_large_is_refused_before_it_is_read():
    assert refusal("a.txt", b"x" * 1025, most_bytes=1024) == "size"
    assert check("a.txt", b"x" * 1024, most_bytes=1024).size == 1024


def test_only_the_kinds_that_are_asked_for_are_taken():
    assert refusal("a.pdf", b"%PDF-1.7\n%%EOF", PICTURES) == "kind"
    assert refusal("a.jpg", picture(), DOCUMENTS) == "kind"


def test_stored_names_are_random_and_keep_only_the_extension():
    first, second = check("名单.csv", b"a"), check("名单.csv", b"a")

    assert first.file.name != second.file.name
    assert first.sha256 == second.sha256
    path = upload_path(None, first.file.name)
    assert re.fullmatch(r"uploads/\d{4}/\d\d/[0-9a-f]{32}\.csv", path)


@pytest.mark.parametrize("name", ["x.php", "x.svg", "x", "../x.html"])
def test_nothing_unchecked_gets_a_storage_path(name):
    with pytest.raises(SuspiciousFileOperation):
        upload_path(None, name)


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/名单.xlsx", "名单.xlsx"),
        ("C:\\Users\\张三\\名单.xlsx", "名单.xlsx"),
        ("名\u202exslx.单\0.xlsx", "名xslx.单.xlsx"),
        ("<script>.txt", "script.txt"),
        ("", "file"),
        ("好" * 300 + ".xlsx", "好" * 90 + ".xlsx"),
    ],
)
def test_a_name_for_people_holds_no_tricks(name, clean):
    assert clean_name(name) == clean

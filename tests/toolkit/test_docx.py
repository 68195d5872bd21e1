"""A plain document for Word, written without a library."""

import zipfile
from io import BytesIO
from xml.etree import ElementTree

from toolkit.docx import Heading, Table, Text, Title, written

PARTS = [
    Title("会议纪要"),
    Heading("议程"),
    Text("停车 <b>&\n路灯\x0b"),
    Table([["姓名", "职务"], ["林芳", "代表"]]),
]


def test_what_was_written_is_read_again():
    archive = zipfile.ZipFile(BytesIO(written(PARTS)))
    root = ElementTree.fromstring(archive.read("word/document.xml"))  # noqa: S314
    words = [one.text for one in root.iter() if one.tag.endswith("}t")]
    assert words == [
        "会议纪要",
        "议程",
        "停车 <b>&",
        "路灯",
        "姓名",
        "职务",
        "林芳",
        "代表",
    ]


def test_the_same_content_is_the_same_file():
    assert written(PARTS) == written(PARTS)

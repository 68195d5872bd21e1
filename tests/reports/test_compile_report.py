import csv
import io
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.factories import make_school_session
from toolkit.metrics import definitions


def compile_report(*args):
    out = StringIO()
    call_command("compile_report", *args, stdout=out)
    return out.getvalue()


MARCH = ("--schedule", "monthly", "--period", "2026-03")


def test_every_figure_is_there_with_unit_and_label(march):
    report = json.loads(compile_report(*MARCH))
    assert list(report["figures"]) == list(definitions())
    sessions = report["figures"]["learning.school_sessions"]
    assert sessions == {"value": 3, "unit": "期", "label": "市民学校"}


def test_the_communities_are_there_by_code(march, donghu, xihu):
    units = json.loads(compile_report(*MARCH))["units"]
    assert list(units) == [donghu.code, xihu.code]
    assert units[xihu.code]["figures"]["learning.school_attendance"] == 45


def test_altering_a_row_changes_the_number_though_the_report_is_frozen(march, donghu):
    make_school_session(donghu, held_on=march.start)
    figures = json.loads(compile_report(*MARCH))["figures"]
    assert figures["learning.school_sessions"]["value"] == 4


def test_a_unit_may_be_named(march, donghu, donghu_grid):
    for code, value in ((donghu.code, 1), (donghu_grid.code, 0)):
        report = json.loads(compile_report(*MARCH, "--unit", code))
        assert report["unit"]["code"] == code
        assert report["figures"]["learning.school_sessions"]["value"] == value


def test_it_is_written_to_a_file(march, tmp_path):
    file = tmp_path / "march.json"
    compile_report(*MARCH, "--out", str(file))
    assert json.loads(file.read_text(encoding="utf-8"))["period"] == "2026-03"


def test_csv_has_a_line_for_each_figure(march):
    rows = list(csv.reader(io.StringIO(compile_report(*MARCH, "--format", "csv"))))
    assert rows[0][3:] == ["玉海街道", "东湖社区", "西湖社区"]
    assert len(rows) == 1 + len(definitions())


def test_text_is_for_people(march):
    assert "市民学校 3 期" in compile_report(*MARCH, "--format", "text")


@pytest.mark.parametrize(
    ("args", "status"),
    [
        (("--schedule", "monthly", "--period", "2026-13"), 2),
        (("--schedule", "monthly", "--period", "2026-W11"), 2),
        ((*MARCH, "--unit", "999"), 1),
        ((*MARCH, "--out", "/no/such/folder/x.json"), 1),
    ],
)
def test_refusals_are_one_sentence_with_a_status(march, args, status):
    with pytest.raises(CommandError) as refusal:
        compile_report(*args)
    assert refusal.value.returncode == status
    assert "\n" not in str(refusal.value)


def test_an_empty_database_is_refused_with_a_sentence(db):
    with pytest.raises(CommandError, match="no street"):
        compile_report(*MARCH)

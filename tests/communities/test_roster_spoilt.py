"""Files that are no roster: a sentence in Chinese, nothing written, a live worker."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from communities.models import Household, Resident, RosterImport
from communities.roster import files
from tests.communities.roster_files import person, roster
from tests.communities.roster_steps import checked, worked_on
from tests.communities.spoilt_files import KINDS, ODD, formula

State = RosterImport.State
CHINESE = re.compile(r"[\u4e00-\u9fff]{4}")


def told(visitor, unit, name: str, data: bytes) -> str:
    """Upload a file on the page; return what the clerk reads of it in the end."""
    sent = {"org_unit": unit.pk, "purpose": "核查"}
    sent["file"] = SimpleUploadedFile(name, data)
    answer = visitor.post("/communities/rosters/new/", sent)
    if answer.status_code == 422:
        return " ".join(answer.context["form"].errors["file"])
    assert answer.status_code == 302, answer.status_code
    roster = worked_on(RosterImport.objects.get())
    assert roster.state == State.REFUSED
    return roster.message or " ".join(one["text"] for one in roster.problems)


@pytest.mark.parametrize("kind", KINDS)
def test_is_refused_with_a_sentence(kind, browse, lin, donghu, donghu_grid):
    name, make, sentence = KINDS[kind]
    words = told(browse(lin), donghu, name, make())
    assert CHINESE.search(words)
    assert (sentence or "") in words
    assert not re.search(r"Traceback|Error|/work|root:", words)
    assert not Resident.objects.exists()
    assert not Household.objects.exists()


def test_a_refused_file_leaves_no_trace_at_the_gate(browse, lin, donghu):
    before = set(files.folder().iterdir())
    told(browse(lin), donghu, "a.xls", KINDS["old xls"][1]())
    assert set(files.folder().iterdir()) == before
    assert not RosterImport.objects.exists()


def test_the_worker_goes_on_after_a_file_that_kills_its_reader(
    browse, lin, donghu, donghu_grid
):
    name, make, _words = KINDS["far cell"]
    told(browse(lin), donghu, name, make())
    RosterImport.objects.all().delete()
    assert checked(roster(person()), donghu, lin).count("create") == 1


@pytest.mark.parametrize("kind", ODD)
def test_an_odd_file_with_one_person_is_read(kind, lin, donghu, donghu_grid):
    found = checked(ODD[kind](), donghu, lin)
    assert found.state == State.CHECKED, found.problems
    assert found.counts["create"] == found.rows == 1


def test_a_formula_that_came_to_nothing_is_an_empty_cell(lin, donghu, donghu_grid):
    found = checked(formula(b"<v></v>"), donghu, lin)
    assert found.problems[0]["text"] == "姓名：必填，没有填写。"

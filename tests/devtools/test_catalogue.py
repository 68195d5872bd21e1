"""The catalogue keeps translations and tells what is missing."""

import gettext

import polib
import pytest

from devtools.messages.catalogue import (
    compile_catalogue,
    open_catalogue,
    shortcomings,
    update,
)
from devtools.messages.found import Message


@pytest.fixture
def catalogue(tmp_path):
    return open_catalogue(tmp_path / "django.po")


def uses(*msgids, plural=""):
    return [Message(msgid, "app/models.py", plural) for msgid in msgids]


def entry(catalogue, msgid):
    return catalogue.find(msgid, include_obsolete_entries=True)


def test_a_new_message_waits_for_its_translation(catalogue):
    update(catalogue, uses("隐患"))

    assert shortcomings(catalogue, uses("隐患")) == ["app/models.py: 缺少翻译: '隐患'"]


def test_a_message_unknown_to_the_catalogue_is_missing(catalogue):
    assert shortcomings(catalogue, uses("隐患")) == ["app/models.py: 缺少翻译: '隐患'"]


def test_a_translation_survives_an_update(catalogue):
    update(catalogue, uses("隐患"))
    entry(catalogue, "隐患").msgstr = "Hazard"

    update(catalogue, uses("隐患", "巡查"))

    assert entry(catalogue, "隐患").msgstr == "Hazard"
    assert shortcomings(catalogue, uses("隐患")) == []


def test_a_message_no_longer_used_is_set_aside_and_can_return(catalogue):
    update(catalogue, uses("隐患"))
    entry(catalogue, "隐患").msgstr = "Hazard"

    update(catalogue, [])
    assert entry(catalogue, "隐患").obsolete

    update(catalogue, uses("隐患"))
    assert shortcomings(catalogue, uses("隐患")) == []


def test_a_fuzzy_translation_is_none(catalogue):
    update(catalogue, uses("隐患"))
    entry(catalogue, "隐患").msgstr = "Hazard"
    entry(catalogue, "隐患").flags = ["fuzzy"]

    assert "fuzzy" in shortcomings(catalogue, uses("隐患"))[0]


@pytest.mark.parametrize(
    ("msgid", "translation"),
    [("%(n)d 户", "%(m)d households"), ("%s 户", "households"), ("{n} 户", "{} of")],
)
def test_a_translation_with_other_placeholders_is_found(catalogue, msgid, translation):
    update(catalogue, uses(msgid))
    entry(catalogue, msgid).msgstr = translation

    assert "占位符" in shortcomings(catalogue, uses(msgid))[0]


def test_both_forms_of_a_plural_are_needed(catalogue):
    found = uses("%(n)d 户", plural="%(n)d 户")
    update(catalogue, found)
    entry(catalogue, "%(n)d 户").msgstr_plural = {0: "one household", 1: ""}
    assert shortcomings(catalogue, found)

    entry(catalogue, "%(n)d 户").msgstr_plural[1] = "%(n)d households"
    assert shortcomings(catalogue, found) == []


def test_a_message_that_becomes_plural_keeps_its_translation(catalogue):
    update(catalogue, uses("%(n)d 户"))
    entry(catalogue, "%(n)d 户").msgstr = "%(n)d household"

    update(catalogue, uses("%(n)d 户", plural="%(n)d 户"))

    translations = entry(catalogue, "%(n)d 户").msgstr_plural
    assert translations == {0: "%(n)d household", 1: ""}


def test_the_file_does_not_change_when_nothing_has(tmp_path, catalogue):
    update(catalogue, uses("乙", "甲"))
    catalogue.save(str(tmp_path / "django.po"))
    once = (tmp_path / "django.po").read_bytes()

    again = open_catalogue(tmp_path / "django.po")
    update(again, uses("乙", "甲"))
    again.save(str(tmp_path / "django.po"))

    assert (tmp_path / "django.po").read_bytes() == once


def test_entries_stand_in_a_fixed_order(catalogue):
    update(catalogue, uses("乙", "甲", "丙"))
    in_this_order = [entry.msgid for entry in catalogue]

    update(catalogue, [*uses("丁", "丙"), *uses("甲", "乙")])

    assert in_this_order == ["丙", "乙", "甲"]
    assert [entry.msgid for entry in catalogue] == ["丁", *in_this_order]


def test_a_compiled_catalogue_translates(tmp_path, catalogue):
    catalogue.append(polib.POEntry(msgid="隐患", msgstr="Hazard"))
    catalogue.save(str(tmp_path / "django.po"))

    with compile_catalogue(tmp_path / "django.po").open("rb") as compiled:
        assert gettext.GNUTranslations(compiled).gettext("隐患") == "Hazard"

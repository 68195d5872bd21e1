"""Households of a roster that will have no head are told, and do not stop it."""

import pytest
from django.utils.html import strip_tags

from communities.models import HEAD, Household, Resident, RosterImport
from communities.screens.roster_heads import SHOWN
from tests.communities.roster_files import card, person, roster, table, workbook
from tests.communities.roster_steps import checked, committed, said
from tests.factories import make_household, make_org_unit

State = RosterImport.State
SON = "子"


@pytest.fixture(autouse=True)
def grid(donghu_grid):
    return donghu_grid


def told(found: RosterImport) -> list:
    """Return what was kept about the households without head, sheet by sheet."""
    return [sheet["headless"] for sheet in found.sheets]


def page_of(visitor, found: RosterImport) -> str:
    return visitor.get(f"/communities/rosters/{found.pk}/").content.decode()


def told_of(visitor, found: RosterImport) -> str:
    """Return what the page says of the households without a head."""
    page = page_of(visitor, found)
    return page.partition("户没有户主：")[2].partition("</p>")[0]


def home(number: str, *relations: str) -> list[dict]:
    return [
        person(f"张{'甲乙丙丁'[at]}", number=number, relation=relation)
        for at, relation in enumerate(relations)
    ]


def test_households_without_a_head_are_told_and_written(browse, lin, donghu):
    rows = [*home("0001", SON, SON), *home("0002", "户主", SON), *home("0003", SON)]
    found = checked(roster(*rows), donghu, lin)
    assert found.state == State.CHECKED
    assert told(found) == [{"count": 2, "first": [["0001", 2], ["0003", 6]]}]
    page = page_of(browse(lin), found)
    sentence = "2 户没有户主：0001（第 2 行）、0003（第 6 行）。"
    assert f"{sentence}写入以后请补一位户主。" in page
    url = f"/communities/rosters/{found.pk}/commit/"
    assert "2 户没有户主" in browse(lin).get(url).content.decode()

    done = committed(roster(*rows), donghu, lin)
    page = strip_tags(page_of(browse(lin), done))
    assert f"{sentence}请补一位户主。" in page


def test_who_is_himself_in_a_ledger_is_the_head(browse, lin, donghu):
    rows = home("0001", "本人", SON)
    done = committed(roster(*rows), donghu, lin)
    assert told(done) == [None]
    head = Resident.objects.get(relation=HEAD)
    assert head.name == "张甲"
    for url in (head.get_absolute_url(), head.household.get_absolute_url()):
        page = browse(lin).get(url).content.decode()
        assert ">户主</td>" in page
        assert "本人</td>" not in page
    # The same file once more, with either word, changes nothing.
    for relation in ("本人", "户主"):
        again = checked(roster(*home("0001", relation, SON)), donghu, lin)
        assert again.counts["skip"] == again.rows == 2


def test_a_household_has_one_head_by_whichever_word(lin, donghu):
    for first, second in (("户主", "本人"), ("本人", "户主"), ("本人", "本人")):
        found = checked(roster(*home("0001", first, second)), donghu, lin)
        assert found.state == State.REFUSED
        assert said(found) == ["与户主关系：这一户前面已经有一位户主。"]


def test_a_member_does_not_become_himself_beside_the_head(lin, donghu):
    committed(roster(*home("0001", "户主", SON)), donghu, lin)
    _head, son = home("0001", "户主", "本人")
    found = checked(roster(son), donghu, lin)
    told = "这一户已登记了另一位户主，请一并填写原户主的新关系。"
    assert said(found) == [f"与户主关系：{told}"]


def test_a_written_household_without_a_head_leads_to_its_page(browse, lin, donghu):
    rows = [*home("0001", SON), *home("0002", SON)]
    twin = make_org_unit("grid", f"{donghu.code}002", parent=donghu, name="02网格")
    assert "<a href" not in told_of(browse(lin), checked(roster(*rows), donghu, lin))
    done = committed(roster(*rows), donghu, lin)
    links = {
        one.number: f'<a href="{one.get_absolute_url()}">{one.number}</a>'
        for one in Household.objects.all()
    }
    assert f"{links['0001']}（第 2 行）" in told_of(browse(lin), done)
    # Another grid has the same number: which of the two was meant nobody knows.
    make_household(twin, number="0001")
    words = told_of(browse(lin), done)
    assert links["0001"] not in words
    assert links["0002"] in words


def test_the_number_of_a_file_is_no_markup(browse, lin, donghu):
    words = told_of(browse(lin), committed(roster(*home("<b>1", SON)), donghu, lin))
    assert "&lt;b&gt;1</a>（第 2 行）" in words


def test_only_the_first_are_named(browse, lin, donghu):
    rows = [home(f"{number:04d}", SON)[0] for number in range(1, 1006)]
    found = checked(roster(*rows), donghu, lin)
    page = page_of(browse(lin), found)
    assert "1,005 户没有户主：0001（第 2 行）" in page
    assert "0005（第 6 行）等。" in page
    assert "0006" not in told_of(browse(lin), found)
    [about] = told(found)
    assert (about["count"], len(about["first"])) == (1005, SHOWN)


def test_as_many_as_are_named_are_all_of_them(browse, lin, donghu):
    rows = [home(f"{number:04d}", SON)[0] for number in range(1, SHOWN + 1)]
    found = checked(roster(*rows), donghu, lin)
    assert "0005（第 6 行）。" in page_of(browse(lin), found)


def test_of_several_sheets_together_no_more_are_named(browse, lin, donghu):
    numbers = range(1, SHOWN)
    one, two = (
        table([home(f"{letter}{number}", SON)[0] for number in numbers])
        for letter in "AB"
    )
    found = checked(workbook(one, two, names=("甲", "乙")), donghu, lin)
    words = told_of(browse(lin), found)
    assert "A4（甲　第 5 行）、B1（乙　第 2 行）等。" in words
    assert "B2" not in words


def test_with_several_sheets_each_is_named(browse, lin, donghu):
    one, two = table(home("0001", SON)), table(home("0002", SON))
    found = checked(workbook(one, two, names=("甲", "乙")), donghu, lin)
    page = page_of(browse(lin), found)
    assert "2 户没有户主：0001（甲　第 2 行）、0002（乙　第 2 行）。" in page


def test_nothing_is_said_where_every_household_has_a_head(browse, lin, donghu):
    found = checked(roster(*home("0001", "户主", SON)), donghu, lin)
    assert told(found) == [None]
    assert "没有户主" not in page_of(browse(lin), found)


def test_a_stored_head_who_stays_counts(lin, donghu):
    committed(roster(*home("0001", "户主", SON)), donghu, lin)
    children = home("0001", "户主", SON, "孙子")[1:]
    assert told(checked(roster(*children), donghu, lin)) == [None]


def test_a_stored_head_who_steps_down_or_moves_leaves_none(lin, donghu):
    committed(
        roster(person("张甲", id_number=card(1)), *home("0002", SON)), donghu, lin
    )
    father = person("张甲", id_number=card(1), relation="父亲")
    found = checked(roster(father), donghu, lin)
    assert told(found) == [{"count": 1, "first": [["0001", 2]]}]
    moves = person("张甲", id_number=card(1), number="0002", relation=SON)
    stays = person("张丙", relation=SON)
    found = checked(roster(stays, moves), donghu, lin)
    assert told(found) == [{"count": 2, "first": [["0001", 2], ["0002", 3]]}]


def test_a_head_who_moves_to_another_household_makes_room(lin, donghu):
    old_head = person("张甲", id_number=card(1))
    committed(roster(old_head, *home("0002", SON)), donghu, lin)
    moves, follows = old_head | {"number": "0002"}, person("张丙")
    found = checked(roster(follows, moves), donghu, lin)
    assert (found.state, told(found)) == (State.CHECKED, [None])
    found = checked(roster(moves, person("张丙", relation=SON)), donghu, lin)
    assert told(found) == [{"count": 1, "first": [["0001", 3]]}]


def test_a_head_in_conflict_is_none(lin, donghu):
    zhang = person("张甲", id_number=card(1))
    found = checked(roster(zhang, zhang, *home("0001", SON)), donghu, lin)
    assert found.counts["conflict"] == 2
    [about] = told(found)
    assert about["count"] == 1


def test_nothing_is_said_beside_errors(lin, donghu):
    head = person("张甲", phone="1380001")
    found = checked(roster(head, *home("0001", SON)), donghu, lin)
    assert len(said(found)) == 1
    assert told(found) == [None]


def test_who_is_written_so_is_no_head(lin, donghu):
    committed(roster(*home("0001", SON)), donghu, lin)
    assert not Resident.objects.filter(relation=HEAD).exists()

"""The board of bodies: what is missing where, and the way to each."""

from datetime import timedelta

import pytest
from django.urls import reverse

from governance.models import Body, Term
from tests.factories import make_assignment, make_body
from tests.governance.conftest import TODAY

URL = reverse("governance:board")


@pytest.fixture
def cells(browse, mei, donghu):
    """Return what the board says of one unit, by kind."""

    def call(unit=donghu, user=mei):
        rows = browse(user).get(URL).context["rows"]
        [row] = [one for one in rows if one["unit"] == unit]
        return dict(zip(Body.Kind.values, (c.text for c in row["cells"]), strict=False))

    return call


def test_what_is_not_registered_is_missing(cells, browse, mei, donghu):
    assert cells()["supervision"] == "缺"
    page = browse(mei).get(URL).content.decode()
    assert "第三十六条第一款" in page
    assert f"{reverse('governance:body-create')}?org_unit={donghu.pk}&amp;kind=" in page


def test_a_body_past_its_term_stands_out(cells, committee):
    assert cells()["committee"].startswith("至")
    Term.objects.update(ends_on=TODAY - timedelta(days=1))
    assert cells()["committee"] == "任期已满"


def test_a_newer_term_takes_the_place_of_the_old(cells, committee):
    Term.objects.update(ends_on=TODAY - timedelta(days=1))
    Term.objects.create(
        body=committee,
        began_on=TODAY,
        ends_on=TODAY + timedelta(days=1800),
        document="玉街〔2026〕9号",
    )
    # The new committee is still without members.
    assert cells()["committee"] == "2 项不符"


def test_the_board_ends_where_the_reach_ends(browse, donghu, xihu):
    director = make_assignment("director", donghu).user
    rows = browse(director).get(URL).context["rows"]
    assert [row["unit"].pk for row in rows] == [donghu.pk]


def test_a_branch_does_not_stand_for_its_general_branch(cells, donghu):
    above = make_body(donghu, kind="party", rank="general", name="东湖党总支")
    make_body(
        donghu,
        kind="party",
        rank="branch",
        name="东湖第一党支部",
        parent=above,
        began_on=TODAY,
        document="1号",
    )
    assert cells()["party"] == "1 项不符"


def test_a_body_is_registered_with_its_first_term(browse, mei, donghu):
    data = {
        "org_unit": donghu.pk,
        "kind": "committee",
        "name": "东湖社区居民委员会",
        "number": 12,
        "began_on": "2024-10-20",
        "ends_on": "2029-10-19",
        "document": "玉街〔2024〕20号",
    }
    answer = browse(mei).post(reverse("governance:body-create"), data)
    assert answer.status_code == 302
    body = Body.objects.get(name="东湖社区居民委员会")
    assert str(body.term.words) == "第12届，2024年10月20日—2029年10月19日"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ends_on": "2024-10-20"}, "ends_on"),
        ({"began_on": "", "ends_on": "2029-10-19"}, "began_on"),
        ({"kind": "party"}, "__all__"),
        ({"rank": "branch"}, "__all__"),
    ],
)
def test_a_body_that_cannot_be_is_refused(browse, mei, donghu, changes, field):
    data = {
        "org_unit": donghu.pk,
        "kind": "committee",
        "name": "东湖社区居民委员会",
        "began_on": "2024-10-20",
    }
    answer = browse(mei).post(reverse("governance:body-create"), data | changes)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not Body.objects.exists()

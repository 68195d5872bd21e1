"""A Party organisation is raised: a step of its own, with its paper (F015)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from governance.models import Body, Upgrade
from tests.factories import make_body, make_upgrade
from tests.governance.conftest import TODAY
from tests.governance.papers import disguised, pdf
from toolkit.history import history_of

NEW = reverse("governance:upgrade-create")


@pytest.fixture
def branch(donghu):
    return make_body(donghu, kind="party", rank="branch", name="东湖社区党支部")


@pytest.fixture
def rise(browse, mei, branch):
    """Send the form of an upgrade; the paper is a good one unless another is given."""

    def send(**changes):
        sent = {
            "body": branch.pk,
            "after": "general",
            "name": "东湖社区党总支",
            "upgraded_on": "2006-06-20",
            "document_number": "玉街党〔2006〕12号",
            "paper": pdf(),
        }
        return browse(mei).post(NEW, sent | changes)

    return send


def test_a_branch_becomes_a_general_branch(rise, branch, mei):
    assert rise().status_code == 302
    branch = Body.objects.get(pk=branch.pk)
    assert (branch.rank, branch.name) == ("general", "东湖社区党总支")
    [upgrade] = branch.upgrades.all()
    assert (upgrade.before, upgrade.former_name) == ("branch", "东湖社区党支部")
    assert upgrade.documents.get().kind == "pdf"
    line = history_of(branch).first()
    assert (line.verb, line.by) == ("upgraded", mei)
    assert "玉街党〔2006〕12号" in line.note
    assert line.changes[0]["old"] == "党支部"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"paper": ""}, "paper"),
        ({"paper": disguised()}, "paper"),
        ({"document_number": ""}, "document_number"),
        ({"after": "branch"}, "after"),
        ({"upgraded_on": (TODAY + timedelta(days=1)).isoformat()}, "upgraded_on"),
    ],
)
def test_without_day_paper_and_higher_rank_nothing_is_raised(
    rise, branch, changes, field
):
    answer = rise(**changes)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert Body.objects.get(pk=branch.pk).rank == "branch"


def test_a_general_branch_is_not_raised_to_one(rise, branch):
    Body.objects.filter(pk=branch.pk).update(rank="general")
    answer = rise()
    assert answer.status_code == 422
    assert "现在已是党总支" in answer.content.decode()


def test_upgrades_follow_each_other_in_time(rise):
    assert rise().status_code == 302
    early = {"after": "committee", "name": "东湖社区党委", "upgraded_on": "2006-06-20"}
    assert "晚于上一次升格" in rise(**early).content.decode()
    assert rise(**early | {"upgraded_on": "2012-07-01"}).status_code == 302
    assert Upgrade.objects.count() == 2


def test_a_general_branch_leaves_the_one_above_it(rise, branch, donghu):
    above = make_body(donghu, kind="party", rank="general", name="东湖联合党总支")
    Body.objects.filter(pk=branch.pk).update(parent=above)
    rise()
    assert Body.objects.get(pk=branch.pk).parent is None


def test_a_general_branch_stays_below_its_committee(rise, branch, donghu):
    above = make_body(donghu, kind="party", rank="committee", name="东湖社区党委")
    Body.objects.filter(pk=branch.pk).update(parent=above)
    rise()
    assert Body.objects.get(pk=branch.pk).parent == above


def test_what_it_was_on_a_day_before_is_known(donghu):
    upgrade = make_upgrade(donghu)
    day = upgrade.upgraded_on
    ranks = [
        Body.objects.with_rank_on(one).get(pk=upgrade.body_id).rank_then
        for one in (day - timedelta(days=1), day)
    ]
    assert ranks == ["branch", "general"]


def test_the_rank_is_not_changed_by_the_form_of_the_body(browse, mei, branch):
    url = reverse("governance:body-update", args=[branch.pk])
    fields = browse(mei).get(url).context["form"].fields
    assert not {"kind", "rank"} & set(fields)
    page = browse(mei).get(branch.get_absolute_url()).content.decode()
    assert f"{NEW}?body={branch.pk}" in page


def test_a_party_committee_rises_no_further(browse, mei, donghu):
    body = make_body(donghu, kind="party", rank="committee", name="东湖社区党委")
    page = browse(mei).get(body.get_absolute_url()).content.decode()
    assert NEW not in page

"""The page that takes a step of a household back: only the step that it has shown."""

import pytest
from django.urls import reverse
from django.utils import timezone

from communities.actions.undo import undoable_step
from communities.models import HEAD, Resident
from tests.factories.communities import make_family

TODAY = timezone.localdate().isoformat()


@pytest.fixture
def family(donghu_grid):
    """Two steps stand: first the wife became the head, then the son."""
    return make_family(
        donghu_grid, ("林大山", HEAD), ("陈阿娥", "12"), ("林国荣", "22")
    )


@pytest.fixture
def visitor(family, browse, lin):
    visitor = browse(lin)
    for name in ("陈阿娥", "林国荣"):
        head = Resident.objects.get(name=name).pk
        sent = {"new_head": head, "happened_on": TODAY, "stage": "confirm"}
        slug = "new-head"
        visitor.post(
            reverse("communities:household-step", args=[family.pk, slug]), sent
        )
    return visitor


def undo_url(household):
    return reverse("communities:household-undo", args=[household.pk])


def form_of(visitor, family):
    """Return what the page would send, with a reason."""
    form = visitor.get(undo_url(family)).context["form"]
    sent = {name: form[name].value() for name in form.fields}
    return sent | {"note": "点错了"}


def head_of(household):
    return household.members.get(relation=HEAD).name


def test_the_page_says_which_step_it_takes_back(visitor, family):
    page = visitor.get(undo_url(family)).content.decode()
    assert "的“变更户主”将整步退回" in page
    assert f'value="{undoable_step(family).pk}"' in page


def test_the_same_page_sent_again_takes_nothing_else_back(visitor, family):
    sent = form_of(visitor, family)
    assert visitor.post(undo_url(family), sent).status_code == 302
    assert head_of(family) == "陈阿娥"
    again = visitor.post(undo_url(family), sent)
    assert again.status_code == 409
    assert "这一步已经撤销，或之后又办过别的" in again.content.decode()
    assert head_of(family) == "陈阿娥"
    assert family.steps.filter(kind="undo").count() == 1


def test_a_step_taken_meanwhile_is_not_taken_back_instead(visitor, family):
    sent = form_of(visitor, family)
    head = Resident.objects.get(name="林大山").pk
    step = reverse("communities:household-step", args=[family.pk, "new-head"])
    visitor.post(step, {"new_head": head, "happened_on": TODAY, "stage": "confirm"})
    assert visitor.post(undo_url(family), sent).status_code == 409
    assert head_of(family) == "林大山"


@pytest.mark.parametrize("number", ["", "x", "9" * 5000, "٣", "-1"])
def test_without_a_step_of_this_household_nothing_is_taken_back(
    visitor, family, number
):
    answer = visitor.post(undo_url(family), {"note": "点错了", "step": number})
    assert answer.url == family.get_absolute_url()
    assert head_of(family) == "林国荣"


def test_the_step_of_another_household_is_not_taken_back(visitor, family, donghu_grid):
    sent = form_of(visitor, family)
    other = make_family(donghu_grid, ("周东海", HEAD))
    assert visitor.post(undo_url(other), sent).url == other.get_absolute_url()
    assert head_of(family) == "林国荣"

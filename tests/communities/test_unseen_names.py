"""Names, titles and lanes of marks that nobody sees are refused or cleaned."""

import pytest
from django.urls import reverse
from django.utils import timezone

from communities.models import HEAD, Lane, Resident
from communities.roster import cells
from notices.models import Notice
from tests.communities.test_resident_forms import sent
from tests.factories.communities import make_family

NEW_RESIDENT = "communities:resident-create"
TODAY = timezone.localdate().isoformat()


@pytest.mark.parametrize("name", ["\u200b", "\ufeff", "\u3164", "\u0301", "·", "—"])
def test_nobody_is_called_nothing(name, browse, lin, donghu_grid):
    url = reverse(NEW_RESIDENT)
    answer = browse(lin).post(url, sent(donghu_grid, name=name, id_kind="999"))
    assert answer.status_code == 422
    assert "name" in answer.context["form"].errors
    assert not Resident.objects.exists()


@pytest.mark.parametrize(
    ("typed", "kept"), [("\u202e三张", "三张"), ("张\u200b三丰", "张三丰")]
)
def test_a_name_is_kept_as_it_is_seen(typed, kept, browse, lin, donghu_grid):
    url = reverse(NEW_RESIDENT)
    answer = browse(lin).post(url, sent(donghu_grid, name=typed, id_kind="999"))
    assert answer.status_code == 302, answer.context["form"].errors
    assert Resident.objects.get().name == kept


def test_a_lane_has_a_name(browse, lin, donghu):
    url = reverse("communities:lane-create")
    answer = browse(lin).post(url, {"org_unit": donghu.pk, "name": "\u200b"})
    assert answer.status_code == 422
    assert not Lane.objects.exists()


def test_a_notice_has_a_title_and_keeps_its_lines(browse, lin, donghu):
    url, body = reverse("notices:notice-create"), "第一段\u200b\r\n\r\n甲\t乙"
    told = {"org_unit": donghu.pk, "category": "affairs", "body": body}
    answer = browse(lin).post(url, told | {"title": "\u200b"})
    assert answer.status_code == 422
    assert answer.context["form"].errors["title"] == ["请填写。"]
    form = answer.context["form"]
    assert form.cleaned_data["body"].splitlines() == ["第一段", "", "甲\t乙"]
    assert not Notice.objects.exists()


def test_a_step_s_texts_are_cleaned_too(browse, lin, donghu_grid):
    family = make_family(donghu_grid, ("林大山", HEAD), ("陈阿娥", "12"))
    url = reverse("communities:household-step", args=[family.pk, "split"])
    leaves = Resident.objects.get(name="陈阿娥").pk
    told = {"members_leaving": [leaves], "new_head": leaves, "number": "\u200b"}
    told |= {"org_unit": family.org_unit_id, "place": "\u3164", "happened_on": TODAY}
    form = browse(lin).post(url, told).context["form"]
    assert form.errors["number"] == form.errors["place"] == ["请填写。"]


def test_a_missing_choice_is_named_above_the_form(browse, lin, donghu_grid):
    family = make_family(donghu_grid, ("林大山", HEAD), ("陈阿娥", "12"))
    url = reverse("communities:household-step", args=[family.pk, "split"])
    page = browse(lin).post(url, {"happened_on": TODAY}).content.decode()
    assert "分出</a>：请选择。" in page
    assert "新户号</a>：请填写。" in page
    assert "该字段是必填项" not in page


@pytest.mark.parametrize("name", ["\u200b", "\u3164", "\u0301", "\u2066\u2069"])
def test_a_roster_takes_no_such_name(name):
    with pytest.raises(cells.Bad):
        cells.name(50)(name)


def test_a_roster_keeps_a_name_as_it_is_seen():
    assert cells.name(50)("Jo\u200bhn") == "John"

"""Units and what is known of them: tree, succession, snapshots, conditions."""

from datetime import date

import pytest
from django.db import transaction
from django.urls import NoReverseMatch, reverse

from communities.models import (
    BoundaryChange,
    OrgUnit,
    PopulationSnapshot,
    UnitProfile,
)
from tests.factories import make_org_unit, make_resident
from tests.factories.communities import (
    make_conversion_condition,
    make_honour,
    make_population_snapshot,
)
from toolkit.history import history_of


def test_the_tree_shows_each_community_with_its_grids(
    street, donghu, donghu_grid, xihu, browse, mei
):
    page = browse(mei).get(reverse("communities:unit-tree"))
    branches = {b["unit"]: b["grids"] for b in page.context["branches"]}
    assert branches == {street: [], donghu: [donghu_grid], xihu: []}


def test_the_tree_of_a_worker_ends_at_his_community(
    donghu, donghu_grid, xihu, browse, lin
):
    page = browse(lin).get(reverse("communities:unit-tree"))
    assert [b["unit"] for b in page.context["branches"]] == [donghu]


def test_the_tree_counts_the_people_below(donghu, donghu_grid, browse, lin):
    make_resident(donghu)
    make_resident(donghu_grid)
    make_resident(donghu, ended_on=date(2026, 1, 1), ended_by="died")
    page = browse(lin).get(reverse("communities:unit-tree"))
    assert page.context["branches"][0]["people"] == "2 人"


def test_the_number_of_an_office_is_dialled_from_every_page_of_units(
    street, donghu, donghu_grid, browse, mei
):
    UnitProfile.objects.create(
        org_unit=donghu, phone="0577-65812345、138 0013 8000", director="林秀芬"
    )
    lists = (reverse("communities:unit-tree"), reverse("communities:unitprofile-list"))
    for url in (*lists, street.get_absolute_url(), donghu.get_absolute_url()):
        told = browse(mei).get(url).content.decode()
        assert 'href="tel:057765812345">0577-65812345</a>' in told
        assert 'href="tel:13800138000">138 0013 8000</a>' in told


def test_a_unit_that_is_no_more_leaves_the_tree(street, browse, mei):
    gone = make_org_unit(parent=street, valid_to=date(2019, 1, 1))
    page = browse(mei).get(reverse("communities:unit-tree"))
    assert gone not in [b["unit"] for b in page.context["branches"]]
    listed = reverse("communities:orgunit-list")
    assert gone in browse(mei).get(listed, {"state": "ended"}).context["rows"]


def unit_sent(parent, **more):
    data = {"level": "grid", "parent": parent.pk, "name": "02网格"}
    data |= {"rule_profile": "community"}
    data |= {"valid_from_precision": "day", "valid_to_precision": "day"}
    return data | {"code": f"{parent.code}002"} | more


def test_a_grid_is_entered_below_its_community(donghu, browse, mei):
    browse(mei).post(reverse("communities:orgunit-create"), unit_sent(donghu))
    assert OrgUnit.objects.get(name="02网格").path == f"{donghu.path}{donghu.code}002/"


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"code": "33"}, "编码应为15位"),
        ({"code": "330381002902001"}, "前12位应与上级相同"),
        ({"level": "community"}, "社区和村属于街道"),
        ({"valid_from": "2026-01-02", "valid_to": "2026-01-01"}, "要晚于设立日期"),
    ],
)
def test_a_unit_in_the_wrong_place_is_refused(more, sentence, donghu, browse, mei):
    url = reverse("communities:orgunit-create")
    answer = browse(mei).post(url, unit_sent(donghu, **more))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_the_code_of_a_unit_never_changes(donghu, browse, mei):
    url = reverse("communities:orgunit-update", args=[donghu.pk])
    data = unit_sent(donghu, level="community", name="新东湖社区", code="9")
    browse(mei).post(url, data)
    donghu.refresh_from_db()
    assert (donghu.name, donghu.code) == ("新东湖社区", "330381002901")


def test_a_street_does_not_end_before_its_communities(
    street, donghu, xihu, browse, mei
):
    """Who works for the street could give out no post any more."""
    url = reverse("communities:orgunit-update", args=[street.pk])
    ended = {"level": "street", "name": "玉海街道", "valid_to": "2026-01-01"}
    answer = browse(mei).post(url, unit_sent(street, **ended))
    assert answer.status_code == 422
    assert "街道下面还有社区、村没有撤销" in answer.content.decode()
    OrgUnit.objects.filter(parent=street).update(valid_to=date(2026, 1, 1))
    assert browse(mei).post(url, unit_sent(street, **ended)).status_code == 302


def change_sent(street, **lines):
    data = {"org_unit": street.pk, "kind": "merge", "decided_on": "2019-06-01"}
    data |= {"precision": "month", "grounds": ["geography", "governance"]}
    form = {"TOTAL_FORMS": 4, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0}
    return data | {f"successions-{k}": v for k, v in (form | lines).items()}


def test_a_merger_names_predecessors_and_ends_them(street, donghu, xihu, browse, mei):
    url = reverse("communities:boundarychange-create")
    lines = {"0-predecessor": xihu.pk, "0-successor": donghu.pk}
    lines |= {"1-predecessor_name": "小沙堤居民区", "1-successor": donghu.pk}
    browse(mei).post(url, change_sent(street, **lines) | {"ends_predecessors": "on"})
    change = BoundaryChange.objects.get()
    xihu.refresh_from_db()
    assert change.successions.count() == 2
    assert xihu.valid_to == date(2019, 6, 1)
    assert history_of(xihu).first().label == "区划调整"


def test_the_page_of_a_unit_tells_where_it_came_from(street, donghu, xihu, browse, mei):
    lines = {"0-predecessor": xihu.pk, "0-successor": donghu.pk}
    browse(mei).post(
        reverse("communities:boundarychange-create"), change_sent(street, **lines)
    )
    ours = browse(mei).get(donghu.get_absolute_url()).content.decode()
    theirs = browse(mei).get(xihu.get_absolute_url()).content.decode()
    assert "来自" in ours
    assert "2019年6月合并" in ours
    assert "并入" in theirs


def test_a_unit_does_not_come_out_of_itself(street, donghu, browse, mei):
    lines = {"0-predecessor": donghu.pk, "0-successor": donghu.pk}
    url = reverse("communities:boundarychange-create")
    assert browse(mei).post(url, change_sent(street, **lines)).status_code == 422
    assert not BoundaryChange.objects.exists()


def test_half_a_line_of_succession_is_refused(street, donghu, browse, mei):
    url = reverse("communities:boundarychange-create")
    sent = change_sent(street, **{"0-predecessor_name": "旧名"})
    answer = browse(mei).post(url, sent)
    assert answer.status_code == 422
    assert "请选调整后的社区" in answer.content.decode()


def test_a_snapshot_has_no_page_to_change_it():
    with pytest.raises(NoReverseMatch):
        reverse("communities:populationsnapshot-update", args=[1])


def test_the_database_refuses_to_change_a_snapshot(donghu):
    snapshot = make_population_snapshot(donghu)
    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        PopulationSnapshot.objects.filter(pk=snapshot.pk).update(people=1)


def test_the_page_of_a_village_shows_its_conditions(street, browse, mei):
    village = make_org_unit("village", "330381002200", parent=street, name="后垟村")
    make_conversion_condition(village, text="表决同意", met_on=date(2025, 5, 1))
    make_conversion_condition(village, text="资产清核")
    page = browse(mei).get(village.get_absolute_url()).content.decode()
    assert "1 项达成，共 2 项" in page


def test_the_page_of_a_unit_counts_honours_by_level(street, donghu, browse, mei):
    make_honour(donghu, level="city")
    make_honour(street, level="city")
    make_honour(street, level="province")
    page = browse(mei).get(street.get_absolute_url())
    sections = page.context["sections"]
    tally = next(s for s in sections if s["title"] == "荣誉")["context"]["tally"]
    assert "瑞安市级 <b>2</b> 项" in page.content.decode()
    assert [(str(line["label"]), line["count"]) for line in tally] == [
        ("省级", 1),
        ("瑞安市级", 2),
    ]


@pytest.mark.parametrize(
    ("code", "status"), [("91350100M000100Y43", 302), ("91350100M000100Y44", 422)]
)
def test_a_credit_code_is_checked(code, status, donghu, browse, lin):
    sent = {"org_unit": donghu.pk, "name": "联祥环卫", "kind": "company"}
    url = reverse("communities:organisation-create")
    answer = browse(lin).post(url, sent | {"credit_code": code.lower()})
    assert answer.status_code == status


@pytest.fixture
def profiles(street, donghu):
    return {
        unit: UnitProfile.objects.create(org_unit=unit) for unit in (street, donghu)
    }


def first_day_sent(browse, person, profile, day):
    url = reverse("communities:unitprofile-update", args=[profile.pk])
    answer = browse(person).post(url, {"reports_since": day})
    profile.refresh_from_db()
    return answer


@pytest.mark.parametrize(
    "day", ["0026-11-23", "1926-11-23", "1999-12-31", "2999-01-01"]
)
def test_reports_begin_on_no_day_out_of_reach(profiles, street, browse, mei, day):
    answer = first_day_sent(browse, mei, profiles[street], day)
    assert answer.status_code == 422
    assert profiles[street].reports_since is None


def test_the_street_sets_from_when_on_reports_are_made(profiles, street, browse, mei):
    first_day_sent(browse, mei, profiles[street], "2026-01-01")
    assert profiles[street].reports_since == date(2026, 1, 1)


@pytest.mark.parametrize(
    ("level", "title", "above"),
    [
        ("street", "修改街道简介", "社区和网格"),
        ("community", "修改社区简介", "社区简介"),
    ],
)
def test_a_profile_is_named_after_its_unit(level, title, above, profiles, browse, mei):
    profile = UnitProfile.objects.get(org_unit__level=level)
    url = reverse("communities:unitprofile-update", args=[profile.pk])
    answer = browse(mei).get(url)
    assert f"<h1>{title}</h1>" in answer.content.decode()
    crumbs = [crumb["label"] for crumb in answer.context["breadcrumbs"]]
    assert crumbs == [above, str(profile.org_unit), title]


def test_a_community_has_no_first_day_of_reports(
    profiles, donghu, donghu_grid, browse, mei
):
    url = reverse("communities:unitprofile-update", args=[profiles[donghu].pk])
    assert "报表起始日" not in browse(mei).get(url).content.decode()
    first_day_sent(browse, mei, profiles[donghu], "2026-01-01")
    assert profiles[donghu].reports_since is None
    sent = {"org_unit": donghu_grid.pk, "reports_since": "2026-01-01"}
    answer = browse(mei).post(reverse("communities:unitprofile-create"), sent)
    assert "由街道填写" in answer.content.decode()

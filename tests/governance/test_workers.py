"""Workers: contracts, certificates, how they are counted, before and after a change."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from governance.models import Body, Worker
from tests.factories import (
    make_assignment,
    make_body,
    make_certificate,
    make_contract,
    make_worker,
)
from tests.governance.conftest import TODAY
from toolkit.metrics import metrics, totals
from toolkit.periods import Period

NEW = reverse("governance:worker-create")
LIST = reverse("governance:worker-list")
STATISTICS = reverse("governance:worker-statistics")
JUNE = Period.parse("2006-06")
CHANGED = date(2006, 6, 1)


def figure(slug, period=JUNE):
    return totals([metrics[slug]], lambda rows: rows, period)[slug]


@pytest.fixture
def sent(donghu):
    return {
        "org_unit": donghu.pk,
        "name": "林晓燕",
        "sex": "2",
        "birth_year": 1995,
        "education": "20",
        "route": "exam",
        "post": "专职社区工作者",
        "employed_on": "2021-09-01",
    }


def test_a_worker_is_entered_with_her_route(browse, mei, sent):
    assert browse(mei).post(NEW, sent).status_code == 302
    page = browse(mei).get(Worker.objects.get().get_absolute_url()).content.decode()
    assert "公开考试聘用" in page
    assert "还没有登记聘用合同" in page


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"birth_year": 2004}, "birth_year"),
        ({"employed_on": (TODAY + timedelta(days=1)).isoformat()}, "employed_on"),
        ({"grade": 19}, "__all__"),
        ({"route": ""}, "route"),
    ],
)
def test_a_worker_who_cannot_be_is_refused(browse, mei, sent, changes, field):
    answer = browse(mei).post(NEW, sent | changes)
    assert field in answer.context["form"].errors


@pytest.mark.parametrize(
    ("left", "words"),
    [(-1, "合同已于"), (0, "合同将于"), (90, "合同将于"), (91, "")],
)
def test_the_end_of_a_contract_is_told_in_time(browse, mei, donghu, left, words):
    ends_on = TODAY + timedelta(days=left)
    contract = make_contract(donghu, ends_on=ends_on)
    answer = browse(mei).get(contract.worker.get_absolute_url())
    told = [one["text"][:4] for one in answer.context["banners"]]
    assert told == ([words] if words else [])


def test_contract_and_certificate_are_entered_from_the_workers_page(
    browse, mei, donghu
):
    worker = make_worker(donghu)
    page = browse(mei).get(worker.get_absolute_url()).content.decode()
    for name in ("contract", "certificate"):
        assert f"{reverse(f'governance:{name}-create')}?worker={worker.pk}" in page


def test_the_list_tells_the_highest_certificate(browse, mei, donghu):
    worker = make_worker(donghu)
    for level in (1, 2):
        make_certificate(donghu, worker=worker, level=level)
    table = browse(mei).get(LIST).context["table"]
    assert "<td" in table.lines[0]
    assert "社会工作师" in table.lines[0]
    assert "助理" not in table.lines[0]
    found = browse(mei).get(f"{LIST}?certificate=1").context["rows"]
    assert not found
    assert len(browse(mei).get(f"{LIST}?certificate=2").context["rows"]) == 1


@pytest.mark.parametrize(
    ("age", "group"),
    [(35, "35"), (36, "45"), (45, "45"), (46, "55"), (55, "55"), (56, "over")],
)
def test_both_ends_of_an_age_group_are_inside(browse, mei, donghu, age, group):
    worker = make_worker(donghu, birth_year=TODAY.year - age)
    visitor = browse(mei)
    found = [
        slug
        for slug in ("35", "45", "55", "over")
        if worker in visitor.get(f"{LIST}?age={slug}").context["rows"]
    ]
    assert found == [group]


@pytest.mark.parametrize(
    ("education", "counts"),
    [("60", 1), ("40", 1), ("30", 1), ("20", 1), ("10", 1), ("70", 0), ("00", 0)],
)
def test_upper_secondary_school_and_above_is_counted(donghu, education, counts):
    make_worker(donghu, education=education, employed_on=CHANGED)
    assert figure("governance.workers_high_school_or_above") == counts


@pytest.mark.parametrize(
    ("about", "counts"),
    [
        ({"employed_on": date(2006, 6, 30)}, 1),
        ({"employed_on": date(2006, 7, 1)}, 0),
        ({"left_on": date(2006, 6, 30)}, 0),
        ({"left_on": date(2006, 7, 1)}, 1),
    ],
)
def test_who_serves_at_the_end_of_the_period_is_counted(donghu, about, counts):
    make_worker(donghu, **{"employed_on": CHANGED} | about)
    assert figure("governance.workers") == counts


def test_a_certificate_counts_from_its_day(donghu):
    worker = make_worker(donghu, employed_on=CHANGED)
    make_certificate(donghu, worker=worker, issued_on=date(2006, 7, 1))
    assert figure("governance.workers_certified") == 0
    assert figure("governance.workers_certified", Period.parse("2006-07")) == 1


@pytest.fixture
def changed(donghu):
    """A change of term: one went, one came, one stayed, one is of later."""
    kind = Body.Kind.COMMITTEE
    make_body(donghu, kind=kind, began_on=CHANGED, document="1号")
    before = {"employed_on": date(2000, 1, 1)}
    make_worker(donghu, name="去", birth_year=1946, left_on=CHANGED, **before)
    make_worker(donghu, name="来", birth_year=1976, employed_on=CHANGED)
    make_worker(donghu, name="留", birth_year=1966, **before)
    make_worker(donghu, name="早", left_on=date(2006, 5, 31), **before)
    make_worker(donghu, name="晚", employed_on=date(2006, 6, 2))


def test_a_change_of_term_compares_the_day_with_the_one_before(changed):
    assert figure("governance.average_age_before_change") == (60 + 40) / 2
    assert figure("governance.average_age_change") == (30 + 40) / 2 - 50


def test_before_any_change_there_is_nothing_to_compare(changed):
    assert figure("governance.average_age_change", Period.parse("2006-05")) is None


def test_the_figure_of_the_change_opens_its_people(changed, browse, mei):
    url = f"{LIST}?figure=governance.average_age_change&period=2006-06"
    names = {one.name for one in browse(mei).get(url).context["rows"]}
    assert names == {"去", "来", "留"}


def test_every_number_of_the_statistics_opens_as_many_rows(browse, mei, donghu):
    make_worker(donghu, sex="1", birth_year=TODAY.year - 50, route="election")
    worker = make_worker(donghu, birth_year=TODAY.year - 30, education="30")
    make_certificate(donghu, worker=worker)
    make_worker(donghu, left_on=TODAY)
    visitor = browse(mei)
    page = visitor.get(STATISTICS).context
    cells = [
        cell
        for table in page["tables"]
        for row in table["rows"]
        for cell in row["cells"]
    ]
    assert sum(cell["count"] for cell in cells) == 3 * 2 * 3
    for cell in cells:
        assert len(visitor.get(cell["url"]).context["rows"]) == cell["count"]
    told = {one["label"]: one["value"] for one in page["figures"]}
    assert told["在岗社区工作者"] == "2"


def test_the_statistics_tell_the_change_of_each_unit(changed, browse, mei):
    [row] = browse(mei).get(STATISTICS).context["changes"]
    assert (row["people"], row["age"], row["younger"]) == (
        (2, 2),
        ("50.0", "35.0"),
        "-15.0",
    )


def test_the_statistics_end_where_the_reach_ends(changed, browse, xihu):
    director = make_assignment("director", xihu).user
    page = browse(director).get(STATISTICS).context
    assert page["changes"] == []
    assert {one["value"] for one in page["figures"]} == {"0", "—"}

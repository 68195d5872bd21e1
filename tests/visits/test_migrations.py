"""What was written before is filled in, and is as good as what is written now."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from communities.models import Organisation, SearchKey
from tests.communities.people import names
from tests.communities.roster_files import card, person, roster
from tests.communities.roster_steps import committed
from tests.factories import make_handed_in, make_organisation
from tests.migrating import go_back_and_come_on
from tests.visits.conftest import TODAY, days_ago
from visits.actions import lapse_all
from visits.models import DueVisit, HandedIn, VisitRule

BEFORE_SOURCES = ("visits", "0006_due_moments")
MOBILE = "13812345678"


def phones_of_shops_are_sealed_and_opened_again(donghu):
    shop = make_organisation(donghu, name="凤山杂货店", phone=MOBILE)
    make_organisation(donghu, phone="")
    uid = shop.uid

    def stored():
        with connection.cursor() as cursor:
            cursor.execute("SELECT phone FROM communities_organisation ORDER BY id")
            return [phone for (phone,) in cursor.fetchall()]

    yield "communities", "0003_number_searches"
    assert stored() == [MOBILE, ""]
    yield
    assert stored()[1] is None
    shop.refresh_from_db()
    assert shop.phone == MOBILE
    assert shop.uid != uid
    assert len(set(Organisation.objects.values_list("uid"))) == 2


def keys_of_an_older_database_move_with_it(donghu, lin):
    rows = [
        person(name, number=f"{at:04d}", id_number=card(at), phone=f"1380001{at:04d}")
        for at, name in enumerate(("单雄信", "欧阳修", "Anna O'Neil"), start=1)
    ]
    committed(roster(*rows), donghu, lin)

    def stored():
        keys = SearchKey.objects.values_list("key", "resident")
        return {(bytes(key), resident) for key, resident in keys}

    now, kinds = stored(), {key[0] for key, _resident in stored()}
    yield "communities", "0008_dropped_rosters"
    assert {key[0] for key, _resident in stored()} == {1, 2, 3, 4, 5}
    yield
    assert kinds == {4, 5, 6, 7, 8}
    assert stored() == now
    assert names(lin, "shanxiongxin") == ["单雄信"]
    assert names(lin, "13800010002") == ["欧阳修"]


def rules_that_nobody_has_edited_learn_their_true_source(street):
    tiers = "内蒙古2022年公布的老年人分级探访做法"
    ministries = "特殊困难老年人探访关爱要求（2022年民政部等十部门）"
    old = {"source_mark": "report", "interval": 1}
    yield BEFORE_SOURCES
    for slug, source, article in (
        ("alone-80", "老年人分级探访的公开做法", "高风险一级"),
        ("aged-90", ministries, "每月至少一次"),
        ("destitute", "瑞安市的规定", "第三条"),
    ):
        make_old_rule(street, slug=slug, source=source, article=article, **old)
    yield
    rules = {rule.slug: rule for rule in VisitRule.objects.all()}
    found = {slug: rules[slug].source for slug in ("alone-80", "aged-90", "destitute")}
    assert found == {
        "alone-80": tiers,
        "aged-90": "街道走访安排",
        "destitute": "瑞安市的规定",
    }
    assert rules["alone-80"].extra_source.startswith(tiers)
    assert rules["aged-90"].source_mark == "office"


def make_old_rule(street, **fields):
    """A rule as it was stored before its parts had sources of their own."""
    apps = MigrationExecutor(connection).loader.project_state([BEFORE_SOURCES]).apps
    rules = apps.get_model("visits", "VisitRule").objects
    return rules.create(
        org_unit_id=street.pk, name=fields["slug"], short_name="旧", **fields
    )


def old_rows_learn_their_unit_and_since_when_they_were_owed(wang, duty, log, grid):
    lapse_all(TODAY + timedelta(days=7))
    log(wang, visited_at=days_ago(2))
    yield "visits", "0002_stays_off"
    yield
    owed = DueVisit.objects.filter(duty=duty, dropped_on=None).order_by("due_on")
    facts = owed.values_list("due_on", "opened_on", "org_unit", "met_on")
    assert list(facts) == [
        (TODAY - timedelta(days=1), duty.since, grid.pk, days_ago(2).date()),
        (TODAY + timedelta(days=5), days_ago(2).date(), grid.pk, None),
    ]


def items_of_before_wait_since_they_came(wang, grid):
    item = make_handed_in(grid, wang, received_at=days_ago(4))
    yield "toolkit", "0007_sync_items"
    yield
    found = HandedIn.objects.get(pk=item.pk)
    assert (found.status, found.status_since) == ("waiting", days_ago(4))


@pytest.mark.django_db(transaction=True)
def test_all_that_was_written_before_comes_on(
    street, donghu, donghu_grid, lin, wang, duty, log
):
    go_back_and_come_on(
        [
            phones_of_shops_are_sealed_and_opened_again(donghu),
            keys_of_an_older_database_move_with_it(donghu, lin),
            rules_that_nobody_has_edited_learn_their_true_source(street),
            old_rows_learn_their_unit_and_since_when_they_were_owed(
                wang, duty, log, donghu_grid
            ),
            items_of_before_wait_since_they_came(wang, donghu_grid),
        ]
    )

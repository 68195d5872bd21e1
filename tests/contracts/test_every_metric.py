"""A number, its list and its page agree, for every metric of every app."""

from datetime import date

import pytest
from django.apps import apps
from django.db.models import Count

from toolkit.metrics import definitions, grouped, metrics, totals
from toolkit.periods import Period
from toolkit.screens import screens

MARCH = Period.month_of(date(2026, 3, 4))
every_metric = pytest.mark.parametrize("metric", metrics.values(), ids=list(metrics))


@every_metric
def test_is_zero_for_an_empty_unit_and_a_mean_is_none(metric, donghu):
    values = totals([metric], lambda rows: rows.within(donghu), MARCH)
    assert values[metric.slug] == metric.nothing
    assert metric.app in apps.app_configs


@every_metric
def test_has_a_list_that_shows_its_rows(metric):
    model = metric.rows(MARCH).model
    assert model._meta.label_lower in screens


@every_metric
def test_opens_its_rows(metric, browse, mei):
    declaration = screens[metric.rows(MARCH).model._meta.label_lower]
    query = f"?figure={metric.slug}&period=2026-03"
    assert browse(mei).get(declaration.url("list") + query).status_code == 200


@every_metric
def test_groups_to_the_same_total_when_it_counts_rows(metric, donghu, xihu):
    if not (type(metric.value) is Count and not metric.value.distinct):
        return
    by_unit = grouped([metric], lambda rows: rows, MARCH, lambda m: m.scope_path)
    total = totals([metric], lambda rows: rows, MARCH)
    assert sum(by_unit[metric.slug].values()) == total[metric.slug]


@pytest.mark.parametrize("slug", [one.slug for one in definitions().values()])
def test_says_how_it_is_counted(slug):
    assert str(definitions()[slug].meaning).endswith("。")

"""How the workers are made up, and how a change of term changed that (F019–F024)."""

from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from communities.models import OrgUnit
from governance.models import Worker
from governance.models.workers import (
    AGE_AFTER,
    AGE_BEFORE,
    HIGH_SCHOOL,
    SERVED_AFTER,
    SERVED_BEFORE,
)
from governance.staffing import (
    AGES,
    CERTIFICATES,
    EDUCATIONS,
    FEMALE,
    MALE,
    NONE,
    choices_of,
    of_age,
    of_education,
)
from toolkit import formats
from toolkit.metrics import metrics, totals
from toolkit.pillar_home import month_so_far
from toolkit.policy import Policy

TOLD = (
    "governance.workers",
    "governance.workers_average_age",
    "governance.workers_high_school_or_above",
    "governance.workers_women",
    "governance.workers_certified",
)
COLUMNS = {
    "all": Q(),
    "women": Q(sex=FEMALE),
    "men": Q(sex=MALE),
    "election": Q(route=Worker.Route.ELECTION),
    "exam": Q(route=Worker.Route.EXAM),
}
ASKED = {
    "all": {},
    "women": {"sex": FEMALE},
    "men": {"sex": MALE},
    "election": {"route": Worker.Route.ELECTION.value},
    "exam": {"route": Worker.Route.EXAM.value},
}


class WorkerStatistics(TemplateView):
    """Figures and tables whose numbers open the people behind them."""

    template_name = "governance/worker_statistics.html"
    policy = Policy("permission", "governance.view_worker")

    def get_context_data(self, **kwargs):
        today = timezone.localdate()
        mine = Worker.objects.in_scope_of(self.request.user)
        serving = mine.filter(left_on=None).with_facts()
        list_url = reverse("governance:worker-list")
        return super().get_context_data(
            title=_("社区工作者结构统计"),
            day=formats.cn_date(today),
            figures=figures_of(self.request.user, list_url),
            heads=[_("合计"), _("女"), _("男"), _("选举"), _("考试")],
            tables=tables_of(serving, today.year, list_url),
            changes=changes_of(mine, today),
            list_url=list_url,
            breadcrumbs=[
                {"label": _("社区工作者档案"), "url": list_url},
                {"label": _("结构统计"), "url": None},
            ],
            **kwargs,
        )


def figures_of(user, list_url: str) -> list[dict]:
    """Return the figures of the month so far, each with the rows behind it."""
    month, chosen = month_so_far(), [metrics[slug] for slug in TOLD]
    values = totals(chosen, lambda rows: rows.in_scope_of(user), month)
    return [
        {
            "label": one.label,
            "value": formats.number(values[one.slug], one.decimals),
            "unit": one.unit,
            "url": f"{list_url}?figure={one.slug}&period={month.slug}",
        }
        for one in chosen
    ]


def tables_of(serving: QuerySet, year: int, list_url: str) -> list[dict]:
    """Return one table for each respect in which workers are told apart."""
    certified = {
        slug: Q(certificate=None) if slug == NONE else Q(certificate=int(slug))
        for slug, _label in CERTIFICATES
    }
    respects = (
        ("age", _("年龄"), choices_of(AGES), lambda slug: of_age(slug, year)),
        ("education", _("文化程度"), choices_of(EDUCATIONS), of_education),
        ("certificate", _("职业资格"), CERTIFICATES, certified.__getitem__),
    )
    return [
        {
            "title": title,
            "rows": [
                {
                    "label": label,
                    "cells": cells_of(serving.filter(kept(slug)), list_url, name, slug),
                }
                for slug, label in choices
            ],
        }
        for name, title, choices, kept in respects
    ]


def cells_of(rows: QuerySet, list_url: str, name: str, slug: str) -> list[dict]:
    """Return the numbers of one line, each with the list that it counts."""
    counts = {key: Count("pk", filter=kept) for key, kept in COLUMNS.items()}
    found = rows.order_by().aggregate(**counts)
    return [
        {
            "count": found[key],
            "url": list_url + "?" + urlencode({"serving": "true", name: slug} | asked),
        }
        for key, asked in ASKED.items()
    ]


def changes_of(mine: QuerySet, today) -> list[dict]:
    """Return for each unit who served before and after its last change of term."""
    schooled = Q(education__in=HIGH_SCHOOL)
    women = Q(sex=FEMALE)
    counted = {
        "people": (Count("pk", filter=SERVED_BEFORE), Count("pk", filter=SERVED_AFTER)),
        "age": (AGE_BEFORE, AGE_AFTER),
        "schooled": (
            Count("pk", filter=SERVED_BEFORE & schooled),
            Count("pk", filter=SERVED_AFTER & schooled),
        ),
        "women": (
            Count("pk", filter=SERVED_BEFORE & women),
            Count("pk", filter=SERVED_AFTER & women),
        ),
    }
    asked = {
        f"{name}_{when}": figure
        for name, pair in counted.items()
        for when, figure in zip(("before", "after"), pair, strict=True)
    }
    rows = mine.around_the_change(today).order_by("org_unit__path")
    rows = rows.values("org_unit", "changed_on").annotate(**asked)
    units = OrgUnit.objects.in_bulk([row["org_unit"] for row in rows])
    return [change_line(units[row["org_unit"]], row) for row in rows]


def change_line(unit: OrgUnit, row: dict) -> dict:
    before, after = row["age_before"], row["age_after"]
    both = before is not None and after is not None
    return {
        "unit": unit.name,
        "url": unit.get_absolute_url(),
        "changed_on": formats.cn_date(row["changed_on"]),
        "people": (row["people_before"], row["people_after"]),
        "age": (formats.number(before, 1), formats.number(after, 1)),
        "younger": f"{after - before:+.1f}" if both else "—",
        "schooled": (row["schooled_before"], row["schooled_after"]),
        "women": (row["women_before"], row["women_after"]),
    }

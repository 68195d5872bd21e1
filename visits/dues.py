from collections.abc import Iterator
from datetime import date, datetime
from urllib.parse import urlencode

from django.db.models import Count, F, Min, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.models import OrgUnit
from toolkit import formats
from toolkit.due_list import LATE, NEAR, DueItem, due_items
from visits.models import ExtraRound, ExtraVisit, VisitDuty, VisitRule

GRID = "resident__org_unit"
COMMUNITY = f"{GRID}__community"
# What the line says of the category, read with the count.
RULE_FIELDS = {
    f"of_rule_{field}": field
    for field in (
        "id",
        "number",
        "name",
        "source",
        "article",
        "source_mark",
        "interval",
        "interval_unit",
    )
}
RULE = {key: F(f"rule__{field}") for key, field in RULE_FIELDS.items()}


@due_items("visits", permission="visits.view_visitduty")
def overdue_visits(user, now: datetime) -> Iterator[DueItem]:
    """One line for each community and category with people who are overdue.

    Where only grids of a community are within reach, each of them has its line: a
    list of the whole community would be refused.
    """
    today = timezone.localtime(now).date()
    overdue = VisitDuty.objects.in_scope_of(user).overdue(today).order_by()
    communities = OrgUnit.objects.in_scope_of(user).communities()
    within = Q(**{f"{COMMUNITY}__in": communities.values("pk")})
    parts = {COMMUNITY: overdue.filter(within), GRID: overdue.exclude(within)}
    for unit, rows in parts.items():
        where = {"code": F(f"{unit}__code"), "name": F(f"{unit}__name")}
        where["community"] = F(f"{COMMUNITY}__name")
        counted = rows.values(**where, **RULE).annotate(
            people=Count("pk"), since=Min("next_due_on")
        )
        for row in counted:
            if row["code"]:
                yield line(row, today)


def line(row: dict, today: date) -> DueItem:
    """Return the people of one category in one community, the longest wait in words."""
    rule = VisitRule(**{field: row[key] for key, field in RULE_FIELDS.items()})
    query = urlencode({"unit": row["code"], "rule": rule.pk, "state": LATE})
    place = "".join(dict.fromkeys(filter(None, (row["community"], row["name"]))))
    facts = {"day": formats.cn_day(row["since"]), "pace": rule.pace}
    return DueItem(
        tone=LATE,
        text=formats.days_late((today - row["since"]).days),
        title=_("%(category)s走访") % {"category": rule.name},
        url=f"{reverse('visits:visitduty-list')}?{query}",
        unit=_("%(name)s　%(people)d 人") % (row | {"name": place}),
        matters=row["people"],
        due=row["since"],
        source=rule.basis,
        why=_("%(pace)s；其中最早一人应于%(day)s前走访，还没有见到。") % facts,
    )


@due_items("extra-rounds", permission="visits.view_extravisit")
def running_rounds(user, now: datetime) -> Iterator[DueItem]:
    """One line for each running extra round with people who are still to be seen."""
    today = timezone.localtime(now).date()
    owed = ExtraVisit.objects.in_scope_of(user).owed(today).order_by()
    left = dict(owed.values_list("round").annotate(Count("pk")))
    rounds = ExtraRound.objects.filter(pk__in=left).select_related(
        "org_unit__community"
    )
    for extra in rounds:
        query = urlencode({"round": extra.pk, "state": "not-met"})
        facts = {"name": extra.org_unit.full_name, "people": left[extra.pk]}
        yield DueItem(
            tone=NEAR,
            text=formats.days_left((extra.last_day - today).days),
            title=extra.title,
            url=f"{reverse('visits:extravisit-list')}?{query}",
            unit=_("%(name)s　%(people)d 人") % facts,
            matters=left[extra.pk],
            due=extra.last_day,
            source=_("街道自定"),
            why=extra.explained,
        )

"""How far the extra rounds have come, counted for whoever looks at them."""

from datetime import date

from django.db.models import Count, F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.models import OrgUnit
from toolkit import formats
from visits.actions.members import people_of
from visits.models import ExtraRound, ExtraVisit, Visit

MET = Count("pk", filter=Q(met_on__isnull=False))


def owed_lines(subject, day: date) -> list[dict]:
    """Return for the visit form the running rounds for which one comes, as duties."""
    whose = {"resident": "resident", "household": "resident__household"}
    field = whose.get(subject._meta.model_name)
    if field is None:
        return []
    rows = ExtraVisit.objects.owed(day).filter(
        **{field: subject.pk}, resident__ended_on=None
    )
    found = rows.select_related("round", "resident").order_by("round__last_day", "pk")
    due = _("%(day)s前")
    return [
        {
            "whom": str(row.resident),
            "name": row.round.called,
            "pace": _("要见到本人"),
            "due": due % {"day": formats.cn_day(row.round.last_day)},
        }
        for row in found
    ]


def lines_of(visit: Visit) -> list[dict]:
    """Return for the receipt in which rounds the visit has counted, or was in vain.

    In vain only where the person is still to be seen today.
    """
    rows = ExtraVisit.objects.within(visit.org_unit)
    wanted = Q(met_by=visit)
    if not visit.is_effective:
        owed = ExtraVisit.objects.owed(timezone.localdate())
        people = people_of(visit)
        wanted |= Q(pk__in=owed.filter(resident__in=people).values("pk"))
    found = rows.filter(wanted).select_related("round", "resident")
    return [
        line_of(row, visit) for row in found.order_by("resident", "round__last_day")
    ]


def line_of(row: ExtraVisit, visit: Visit) -> dict:
    words = _("%(day)s前要见到本人") % {"day": formats.cn_day(row.round.last_day)}
    return {
        "whom": str(row.resident) if visit.household_id else "",
        "name": row.round.called,
        "pace": _("已见到") if row.met_on else _("这次没见到"),
        "words": "" if row.met_on else words,
    }


def running_lines(user, unit: OrgUnit | None, day: date) -> list[dict]:
    """Return each running round with how many people are within reach and were seen."""
    rows = ExtraVisit.objects.in_scope_of(user).counted()
    rows = rows if unit is None else rows.within(unit)
    rounds = ExtraRound.objects.running(day)
    counted = rows.filter(round__in=rounds).order_by().values("round")
    found = {row["round"]: row for row in counted.annotate(people=Count("pk"), met=MET)}
    shown = rounds.filter(pk__in=found).order_by("last_day", "pk")
    return [round_line(one, found[one.pk], unit) for one in shown]


def round_line(extra: ExtraRound, counts: dict, unit: OrgUnit | None) -> dict:
    left = counts["people"] - counts["met"]
    query = f"?round={extra.pk}&state=not-met"
    if unit is not None:
        query += f"&unit={unit.code}"
    words = _("%(days)s　应见 %(people)d 人，已见 %(met)d 人")
    return {
        "label": extra.title,
        "about": words % (counts | {"days": extra.days_words}),
        "url": reverse("visits:extravisit-list") + query,
        "end": _("还有 %(left)d 人") % {"left": left} if left else _("都见到了"),
    }


def counts_by_unit(rows: QuerySet, extra: ExtraRound) -> list[dict]:
    """Return by grid how many of the round's people there are and were seen."""
    listed = reverse("visits:extravisit-list")
    counted = (
        rows.order_by()
        .values(
            code=F("org_unit__code"),
            grid=F("org_unit__name"),
            community=F("org_unit__community__name"),
            path=F("org_unit__path"),
        )
        .annotate(people=Count("pk"), met=MET)
    )
    return [
        {
            "name": "".join(dict.fromkeys([row["community"] or "", row["grid"]])),
            "people": formats.count(row["people"]),
            "met": formats.count(row["met"]),
            "left": row["people"] - row["met"],
            "url": f"{listed}?round={extra.pk}&unit={row['code']}",
        }
        for row in sorted(counted, key=lambda row: row["path"])
    ]

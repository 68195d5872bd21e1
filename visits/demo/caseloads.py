"""Who answers for the grids of the demo, and the round before the cold."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import Assignment, User
from communities.demo.names import Names
from communities.models import OrgUnit
from toolkit.demo import DemoPlan, demo
from visits.actions import gather_people
from visits.demo.walks import DAYS, WEEK, home_units, loggers
from visits.models import Caseload, ExtraRound, HandOver, VisitRule
from visits.responsibility import entrusted_units
from visits.workflows import HandOverWorkflow

# Units with a worker of their own.
WHOLE = (OrgUnit.Level.COMMUNITY, OrgUnit.Level.VILLAGE)


@demo("caseloads", order=55)
@transaction.atomic
def load_caseloads(plan: DemoPlan) -> str:
    """Name who answers for the grids where the demo's staff work.

    The director did so for one of them until a worker of the community took over; of
    many grids the last one has nobody. The worker has asked the keeper to stand in.
    """
    staff = {unit: user for unit, user in reversed(loggers())}
    for own in [one for one in home_units() if one.level == OrgUnit.Level.GRID]:
        director, *_others, worker = workers_of(own.parent)
        grids = list(own.parent.children.current().order_by("code"))
        entrust(grids[:1], director, plan.today - timedelta(days=DAYS))
        entrust(
            grids[: max(2, len(grids) - 1)], worker, plan.today - timedelta(days=90)
        )
        ask_for_substitute(own, worker, staff[own.path])
    return f"{Caseload.objects.count()} caseloads, {HandOver.objects.count()} hand-over"


def workers_of(community: OrgUnit) -> list:
    """Return who may log visits in the whole community, the first appointed first."""
    held = Assignment.objects.current().filter(
        role__permissions__codename="add_visit", org_unit=community
    )
    return [one.user for one in held.select_related("user").order_by("pk")]


def entrust(units: list[OrgUnit], worker, since) -> None:
    Caseload.objects.bulk_create(
        Caseload(org_unit=unit, worker=worker, since=since) for unit in units
    )


def ask_for_substitute(unit: OrgUnit, giver, receiver) -> None:
    """Let a worker who is away next week ask a colleague to stand in."""
    begins = timezone.localdate() + timedelta(days=2)
    hand_over = HandOver.objects.create(
        org_unit=unit,
        kind=HandOver.Kind.SUBSTITUTE,
        from_worker=giver,
        to_worker=receiver,
        proposed_by=giver,
        takes_effect_on=begins,
        last_day=begins + timedelta(days=WEEK),
        note="下周休年假。2号楼的老人耳朵背，敲门要久一点；菜巷那户先打电话再去。",
    )
    hand_over.units.set([unit])
    HandOverWorkflow.apply(hand_over, "offer", by=giver)


@demo("colleagues", order=95)
@transaction.atomic
def load_colleagues(plan: DemoPlan) -> str:
    """Name a worker in every other community, who answers for all of its grids.

    Nobody signs in as one of them. Last of all: the others choose whoever works there.
    """
    home = home_units()
    at_home = {unit.community_id for unit in home}
    worker = workers_of(next(unit for unit in home if unit.pk == unit.community_id))[-1]
    role = worker.assignments.current().first().role
    since = plan.today.replace(month=1, day=1)
    others = OrgUnit.objects.current().filter(level__in=WHOLE).exclude(pk__in=at_home)
    names = Names(plan.random)
    for unit in others.order_by("path"):
        name = names.full(names.surname(is_local=True), is_male=False, born=1988)
        user = User(username=f"worker-{unit.code}", name=name, post=worker.post)
        user.set_unusable_password()
        user.save()
        Assignment.objects.create(user=user, role=role, org_unit=unit, starts_on=since)
        own = entrusted_units(OrgUnit.objects.within(unit))
        entrust(list(own), user, plan.today - timedelta(days=DAYS))
    return f"{others.count()} workers of other communities"


@demo("extra-rounds", order=56)
@transaction.atomic
def load_rounds(plan: DemoPlan) -> str:
    """See whoever is at high risk once more before the cold, where the staff work."""
    weekly = VisitRule.objects.filter(tier=VisitRule.Tier.HIGH).order_by("number")
    for community in [one for one in home_units() if one.level != OrgUnit.Level.GRID]:
        extra = ExtraRound.objects.create(
            org_unit=community,
            occasion=ExtraRound.Occasion.COLD,
            title="寒潮加访",
            begins_on=plan.today,
            last_day=plan.today + timedelta(days=2),
            opened_by=workers_of(community)[0],
        )
        extra.rules.set(weekly)
        gather_people(extra)
    return f"{ExtraRound.objects.count()} extra rounds"

"""Who answers for the grids of the demo, and the round before the cold."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import Assignment, User
from communities.demo.names import Names
from communities.models import OrgUnit
from toolkit.demo import DemoPlan, demo
from toolkit.history import remember
from visits.actions import gather_people
from visits.demo.walks import DAYS, WEEK, home_units, loggers
from visits.models import Caseload, ExtraRound, HandOver, VisitRule
from visits.responsibility import entrusted_units
from visits.screens import HandOverScreens
from visits.workflows import HandOverWorkflow

# Units with a worker of their own.
WHOLE = (OrgUnit.Level.COMMUNITY, OrgUnit.Level.VILLAGE)
# So long ago the round before the cold began: most were seen, a day's work is left.
ROUND_DAYS = 5


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
    label = HandOverScreens.create_screen.label
    remember(hand_over, HandOverScreens.create_screen.verb, label, by=giver)
    HandOverWorkflow.apply(hand_over, "offer", by=giver)


@demo("colleagues", order=95)
@transaction.atomic
def load_colleagues(plan: DemoPlan) -> str:
    """Name a worker in every other community, who answers for all of its grids.

    In the first of them a second one stands in for a week. Nobody signs in as one of
    them. Last of all: the others choose whoever works there.
    """
    home = home_units()
    at_home = {unit.community_id for unit in home}
    model = workers_of(next(unit for unit in home if unit.pk == unit.community_id))[-1]
    others = OrgUnit.objects.current().filter(level__in=WHOLE).exclude(pk__in=at_home)
    names = Names(plan.random)
    for number, unit in enumerate(others.order_by("path")):
        worker = make_colleague(plan, unit, model, names)
        own = list(entrusted_units(OrgUnit.objects.within(unit)).order_by("path"))
        entrust(own, worker, plan.today - timedelta(days=DAYS))
        if number == 0:
            stand_in(own[:2], make_colleague(plan, unit, model, names), plan)
    return f"{others.count()} workers of other communities"


def make_colleague(plan: DemoPlan, unit: OrgUnit, model: User, names: Names) -> User:
    """Make a worker of the community, appointed as the model is."""
    number = User.objects.filter(username__startswith=f"worker-{unit.code}").count()
    name = names.full(names.surname(is_local=True), is_male=False, born=1988)
    username = f"worker-{unit.code}-{number + 1}" if number else f"worker-{unit.code}"
    user = User(username=username, name=name, post=model.post)
    user.set_unusable_password()
    user.save()
    role, since = model.assignments.current().first().role, plan.today.replace(day=1)
    Assignment.objects.create(
        user=user, role=role, org_unit=unit, starts_on=since.replace(month=1)
    )
    return user


def stand_in(units: list[OrgUnit], worker: User, plan: DemoPlan) -> None:
    """Let a worker stand in for whoever answers for the units, since yesterday."""
    since = plan.today - timedelta(days=1)
    Caseload.objects.bulk_create(
        Caseload(
            org_unit=unit,
            worker=worker,
            kind=Caseload.Kind.SUBSTITUTE,
            since=since,
            until=since + timedelta(days=WEEK),
        )
        for unit in units
    )


@demo("extra-rounds", order=56)
@transaction.atomic
def load_rounds(plan: DemoPlan) -> str:
    """See whoever is at high risk once more before the cold, where the staff work.

    It is nearly through: whoever was visited since it began has been seen.
    """
    weekly = VisitRule.objects.filter(tier=VisitRule.Tier.HIGH).order_by("number")
    for community in [one for one in home_units() if one.level != OrgUnit.Level.GRID]:
        extra = ExtraRound.objects.create(
            org_unit=community,
            occasion=ExtraRound.Occasion.COLD,
            title="寒潮加访",
            begins_on=plan.today - timedelta(days=ROUND_DAYS),
            last_day=plan.today + timedelta(days=1),
            opened_by=workers_of(community)[0],
        )
        extra.rules.set(weekly)
        gather_people(extra)
    return f"{ExtraRound.objects.count()} extra rounds"

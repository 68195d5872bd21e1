"""Demo emergencies: a typhoon of last year, its counts alone, and an exercise."""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import Assignment, User
from communities.models import Community, OrgUnit
from safety.actions import (
    assign_building,
    destroy_collected,
    list_people,
    post_at_shelter,
    retell,
)
from safety.models import (
    Emergency,
    RollCall,
    RollCallEvent,
    Shelter,
    State,
    Status,
)
from safety.roll import houses_of
from toolkit.demo import DemoPlan, demo
from volunteers.models import Team

UNITS = 3
CALLERS = "change_rollcall"
CAPTAINS = "view_shelterpost"
# Of a hundred people, how many are reached, and what becomes of those.
REACHED = 70
COURSES = (
    (58, (State.CALLED,)),
    (30, (State.CALLED, State.MOVED)),
    (7, (State.CALLED, State.REFUSED)),
    (5, (State.HELP,)),
)
NOTES = {
    State.HELP: ("要人搀扶", "缺药，已联系卫生站", "停电，需要手电"),
    State.REFUSED: ("说楼房结实，留人看护", "等儿子来接"),
}


@demo("emergencies", order=77)
@transaction.atomic
def load_emergencies(plan: DemoPlan) -> str:
    """Load the typhoon with its counts alone, and the exercise in full life."""
    load_typhoon(plan)
    drill = load_drill(plan)
    return f"2 emergencies, {drill.lines.count()} people on a roll"


def load_typhoon(plan: DemoPlan) -> None:
    """Play a typhoon of last July through to its destruction."""
    began = moment(plan.today.replace(year=plan.today.year - 1, month=7, day=11), 8)
    ended = began + timedelta(hours=30)
    destroyed = timezone.localdate(ended) + timedelta(days=30)
    typhoon = make(
        title=f"{began.year}年第9号台风",
        kind=Emergency.Kind.TYPHOON,
        level=Emergency.Level.SECOND,
        status=Status.DESTROYED,
        opened_at=began,
        closed_at=ended,
        destroy_on=destroyed,
    )
    play(plan, typhoon, began, ended, whole=True)
    destroy_collected(typhoon)
    Emergency.objects.filter(pk=typhoon.pk).update(
        destroyed_at=moment(destroyed, 0) + timedelta(minutes=5)
    )


def load_drill(plan: DemoPlan) -> Emergency:
    """Begin an exercise some hours ago; two thirds are reached."""
    now = timezone.now()
    began = now - timedelta(hours=5)
    drill = make(
        title="冬季防寒潮叫应",
        kind=Emergency.Kind.COLD,
        level=Emergency.Level.FOURTH,
        is_drill=True,
        status=Status.OPEN,
        opened_at=began,
    )
    play(plan, drill, began, now)
    post_teams(drill)
    return drill


def make(**fields) -> Emergency:
    """Return a new emergency of the street for the demo staff's and other units."""
    street = OrgUnit.objects.get(level=OrgUnit.Level.STREET)
    emergency = Emergency.objects.create(
        org_unit=street, criteria=["aged-alone"], status_since=timezone.now(), **fields
    )
    emergency.units.set(chosen_units())
    list_people(emergency)
    RollCall.objects.filter(emergency=emergency).update(created_at=emergency.opened_at)
    return emergency


def chosen_units() -> list[Community]:
    """Return the communities in which the demo's staff call people, and some more."""
    held = Assignment.objects.filter(role__permissions__codename=CALLERS)
    own = Community.objects.filter(pk__in=held.values("org_unit__community"))
    others = Community.objects.exclude(pk__in=own).order_by("code")
    return [*own, *others][:UNITS]


def play(plan: DemoPlan, emergency: Emergency, began, ended, whole=False) -> None:
    """Tell of the people on the roll what may become of people."""
    lines = list(emergency.lines.select_related("org_unit").order_by("pk"))
    by = a_caller()
    shelters = list(Shelter.objects.within(emergency.org_unit).order_by("pk"))
    span = (ended - began).total_seconds()
    events = []
    for line in lines:
        if not whole and plan.random.randrange(100) >= REACHED:
            continue
        [states] = plan.random.choices(
            [course for _share, course in COURSES], [share for share, _c in COURSES]
        )
        at, before = began + timedelta(seconds=span * plan.random.random()), "waiting"
        back = (State.RETURNED,) if whole and State.MOVED in states else ()
        for state in (*states, *back):
            is_moved = state == State.MOVED and shelters
            notes = NOTES.get(state, ("",))
            events.append(
                RollCallEvent(
                    line=line,
                    before=before,
                    state=state,
                    shelter=plan.random.choice(shelters[:4]) if is_moved else None,
                    note=plan.random.choice(notes),
                    happened_at=at,
                    by=by,
                )
            )
            before, at = state, at + (ended - at) * plan.random.random()
    RollCallEvent.objects.bulk_create(events)
    retell(lines)


def post_teams(drill: Emergency) -> None:
    """Let the demo's captain lead a team, and send it to a shelter and a building."""
    captains = Assignment.objects.filter(role__permissions__codename=CAPTAINS)
    held = captains.select_related("user", "org_unit").order_by("pk").first()
    if held is None:
        return
    here = Team.objects.within(held.org_unit).filter(kind=Team.Kind.PATROL)
    team = here.order_by("pk").first()
    shelter = Shelter.objects.within(held.org_unit).order_by("pk").first()
    if team is None or shelter is None:
        return
    Team.objects.filter(pk=team.pk).update(leader=held.user.name)
    evening = moment(timezone.localdate(), 18)
    post_at_shelter(
        emergency=drill,
        shelter=shelter,
        team=team,
        begins_at=evening,
        ends_at=evening + timedelta(hours=4),
        by=a_caller(),
    )
    lines = drill.lines.filter(org_unit__path__startswith=held.org_unit.path)
    if houses := houses_of(lines):
        caller = a_caller()
        assign_building(
            emergency=drill, building=houses[0], by=caller, worker=caller, team=team
        )


def a_caller() -> User:
    """Return an account that calls people: one of the lowest unit that has any."""
    held = Assignment.objects.filter(role__permissions__codename=CALLERS)
    return held.order_by("-org_unit__path", "pk").first().user


def moment(day, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))

"""What has happened in the demo's street: units that sit there, people who went away.

Nobody leaves the rolls, so that the street keeps its number of residents.
"""

from datetime import timedelta

from communities.actions.population import Facts, Kind, record_event
from communities.demo.places import places, short_name
from communities.models import HEAD, Organisation, OrgUnit, Resident
from toolkit.demo import DemoPlan, demo

# Out of 100,000 residents, how many went away to work in half a year; every so manieth
# has come back since.
WENT_AWAY, EVERY_BACK = 90, 4
OLD_ENOUGH_TO_WORK = 18
DAYS, DAYS_TO_REPORT = 175, 6
Sits = Organisation.Kind
ORGANISATIONS = (
    ("{name}卫生服务站", Sits.OFFICE),
    ("{name}幼儿园", Sits.SCHOOL),
    ("{lane}便利店", Sits.SHOP),
    ("{lane}老酒坊", Sits.SHOP),
    ("玉海{name}制衣厂", Sits.COMPANY),
    ("{name}老年人协会", Sits.SOCIAL),
)


@demo("organisations", order=25)
def load_organisations(plan: DemoPlan) -> str:
    """A few offices, schools, shops and firms in every unit."""
    made = []
    for number, unit in enumerate(OrgUnit.objects.current().communities()):
        lanes = places()["lanes"][unit.name]
        short = short_name(unit.name)
        for step, (pattern, kind) in enumerate(ORGANISATIONS):
            lane = lanes[step % len(lanes)]
            made.append(
                Organisation(
                    org_unit=unit,
                    name=pattern.format(name=short, lane=lane),
                    kind=kind,
                    address=f"{lane}{9 * step + number + 1}号",
                    phone=f"0577-6583{number:02d}{step:02d}",
                )
            )
    Organisation.objects.bulk_create(made)
    return f"{len(made)} organisations"


@demo("population-events", order=35)
def load_events(plan: DemoPlan) -> str:
    """Let some people go away to work and a few come back, as a clerk enters it."""
    people = sample(plan, plan.residents * WENT_AWAY // 100_000 + 1)
    back = people[::EVERY_BACK]
    for resident in people:
        away = facts(plan, Kind.WENT_AWAY, DAYS // 2, DAYS)
        record_event(resident=resident, facts=away)
    for resident in back:
        home = facts(plan, Kind.CAME_BACK, 0, DAYS // 2 - DAYS_TO_REPORT)
        record_event(resident=resident, facts=home)
    return f"{len(people) + len(back)} population events"


def sample(plan: DemoPlan, wanted: int) -> list[Resident]:
    """Return so many grown-up members of households, none of them its head."""
    born_before = plan.today - timedelta(days=OLD_ENOUGH_TO_WORK * 366)
    people = Resident.objects.filter(
        living=Resident.Living.HERE, birth_on__lt=born_before
    ).exclude(relation=HEAD)
    keys = list(people.order_by("pk").values_list("pk", flat=True))
    chosen = plan.random.sample(keys, min(wanted, len(keys)))
    return list(Resident.objects.filter(pk__in=chosen).order_by("pk"))


def facts(plan: DemoPlan, kind: str, since: int, until: int) -> Facts:
    """Return an event of so many days ago, reported within some days."""
    happened = plan.today - timedelta(days=plan.random.randrange(since, until))
    reported = happened + timedelta(days=plan.random.randrange(DAYS_TO_REPORT))
    return Facts(kind, happened, min(reported, plan.today), place="杭州")

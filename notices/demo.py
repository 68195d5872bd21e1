"""The notices of the demo: what a street and its communities told in half a year."""

import re
import tomllib
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from pathlib import Path

from django.utils import timezone

from accounts.models import Assignment
from communities.models import Building, OrgUnit, UnitProfile
from notices.actions import attach_file
from notices.demo_files import TABLES, page, sheet
from notices.models import Notice
from notices.workflows import NoticeWorkflow
from toolkit import formats
from toolkit.demo import DemoPlan, demo
from toolkit.history import remember
from toolkit.uploads import validate_upload

TEXTS = Path(__file__).parent / "data" / "demo_notices.toml"
_PLACE = re.compile(r"\{(unit|phone|y|m|[dw]-?\d+)\}")
# Answers for every office whose own number is not registered yet.
CITY_HOTLINE = "12345"
BUILDINGS_ADDRESSED = 5
FLAGS = ("is_pinned", "is_emergency")


class Desk:
    """Who writes and who approves for a unit, and its telephone."""

    def __init__(self, unit: OrgUnit):
        self.unit = unit
        self.writers = people_with("add_notice", unit)
        self.reviewers = people_with("publish_notice", unit)
        profile = UnitProfile.objects.filter(org_unit=unit).first()
        street = UnitProfile.objects.filter(org_unit=unit.street).first()
        listed = [getattr(one, "phone", "") for one in (profile, street)]
        self.phone = next(filter(None, listed), CITY_HOTLINE)

    def reviewer_for(self, author):
        return next((one for one in self.reviewers if one != author), None)


def people_with(codename: str, unit: OrgUnit) -> list:
    """Return who holds a permission on notices over the unit, the nearest first."""
    steps = unit.path.strip("/").split("/")
    held = Assignment.objects.current().filter(
        role__permissions__codename=codename, org_unit__code__in=steps
    )
    ordered = held.select_related("user").order_by("-org_unit__path", "pk")
    return list(dict.fromkeys(one.user for one in ordered))


@demo("notices", order=60)
def load_notices(plan: DemoPlan) -> str:
    """Load the notices that are not there yet; return one line for the operator."""
    if Notice.objects.exists():
        return "notices are there already"
    street = OrgUnit.objects.current().filter(level=OrgUnit.Level.STREET).first()
    if street is None:
        return "no units, no notices"
    communities = list(OrgUnit.objects.current().communities())
    desks: dict[int, Desk] = {}
    written = [
        (entry, unit, age)
        for entry in tomllib.loads(TEXTS.read_text(encoding="utf-8"))["notice"]
        for unit, age in issuers(entry, street, communities, plan)
    ]
    # Written down as the days went by: the last drafted is the newest.
    for entry, unit, age in sorted(written, key=lambda one: -one[2]):
        desk = desks.setdefault(unit.pk, Desk(unit))
        if desk.writers and desk.reviewers:
            write(entry, desk, age, plan)
    shown = Notice.objects.published().count()
    return f"{Notice.objects.count()} notices, {shown} of them public"


def issuers(entry, street, communities, plan) -> Iterator[tuple[OrgUnit, int]]:
    """Yield who says it and how many days ago."""
    age = entry.get("age", 0)
    if entry["by"] == "street":
        yield street, age
        return
    named = [unit for unit in communities if unit.name == entry.get("community")]
    count = min(entry["by"], len(communities))
    chosen = named or plan.random.sample(communities, count)
    for number, unit in enumerate(chosen):
        yield unit, age + 2 * number


def write(entry: dict, desk: Desk, age: int, plan: DemoPlan) -> None:
    """Write one notice and bring it to its stage."""
    day = plan.today - timedelta(days=age)
    notice = draft_of(entry, desk, day, plan)
    for file in entry.get("attachments", ()):
        made = file_of(file)
        attach_file(
            notice=notice,
            checked=validate_upload(made),
            title=file["title"],
            by=notice.author,
        )
    STAGES[entry.get("stage", "published")](notice, desk, entry)


def draft_of(entry: dict, desk: Desk, day, plan: DemoPlan) -> Notice:
    """Return the draft of a notice published (or to be published) on the day."""
    texts = {
        name: filled(entry.get(name, ""), desk, day)
        for name in ("title", "gist", "body", "easy_title", "easy_body")
    }
    author = plan.random.choice(desk.writers)
    at = moment(day, plan)
    has_time = entry.get("stage", "published") not in ("draft", "review")
    ends = day + timedelta(days=entry["lasts"]) if "lasts" in entry else None
    notice = Notice.objects.create(
        **{name: text.strip() for name, text in texts.items()},
        **{name: entry.get(name, False) for name in FLAGS},
        org_unit=desk.unit,
        category=entry["category"],
        facts=[
            {"label": label, "value": filled(value, desk, day)}
            for label, value in entry.get("facts", ())
        ],
        contact_phone=desk.phone if entry.get("needs_contact") else "",
        document_number=filled(entry.get("document", ""), desk, day),
        publish_at=at if has_time else None,
        expires_at=ends and local(ends, time(23, 59)),
        author=author,
        edited_by=author,
    )
    notice.audience.set([desk.unit])
    for lane in entry.get("lanes", ()):
        doors = Building.objects.within(desk.unit).filter(lane__name=lane)
        notice.buildings.add(*doors.order_by("order", "pk")[:BUILDINGS_ADDRESSED])
    remember(notice, "created", "起草", by=author)
    return notice


def moment(day, plan: DemoPlan) -> datetime:
    """Return a time of the day in office hours; today's lies a little in the past."""
    if day == timezone.localdate():
        return timezone.now() - timedelta(minutes=20)
    return local(day, time(plan.random.randint(8, 16), plan.random.choice((5, 20, 40))))


def local(day, at: time) -> datetime:
    return datetime.combine(day, at, tzinfo=timezone.get_default_timezone())


def filled(text: str, desk: Desk, day) -> str:
    """Return the text with the unit, its telephone and the days put in."""

    def value(match: re.Match) -> str:
        name = match[1]
        fixed = {"unit": desk.unit.name, "phone": desk.phone, "y": str(day.year)}
        if name in fixed:
            return fixed[name]
        if name == "m":
            return f"{day.month}月"
        then = day + timedelta(days=int(name[1:]))
        if name[0] == "d":
            return f"{then.month}月{then.day}日"
        return f"周{formats.WEEKDAYS[then.weekday()]}"

    return _PLACE.sub(value, text)


def file_of(file: dict):
    """Return the file that an attachment of the demo describes."""
    if file["kind"] == "xlsx":
        return sheet(file["title"], TABLES[file["table"]])
    return page(file["title"], file["lines"])


def adopt(notice: Notice, desk: Desk, entry: dict) -> None:
    """Take the notice over as published on its day."""
    NoticeWorkflow.apply(notice, "adopt")


def hand_in(notice: Notice, desk: Desk, entry: dict) -> None:
    NoticeWorkflow.apply(notice, "submit", by=notice.author)


def schedule(notice: Notice, desk: Desk, entry: dict) -> None:
    hand_in(notice, desk, entry)
    reviewer = desk.reviewer_for(notice.author)
    if reviewer:
        NoticeWorkflow.apply(notice, "publish", by=reviewer)


def adopt_and_withdraw(notice: Notice, desk: Desk, entry: dict) -> None:
    adopt(notice, desk, entry)
    reviewer = desk.reviewers[0]
    NoticeWorkflow.apply(notice, "withdraw", by=reviewer, note=entry["note"])


STAGES = {
    "published": adopt,
    "draft": lambda notice, desk, entry: None,
    "review": hand_in,
    "scheduled": schedule,
    "withdrawn": adopt_and_withdraw,
}

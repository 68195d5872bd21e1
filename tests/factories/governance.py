from datetime import date, timedelta

from django.utils import timezone

from governance.models import (
    Body,
    KinTie,
    Meeting,
    Member,
    Motion,
    ResidentGroup,
    Seat,
    Term,
)
from tests.factories.core import make_resident, numbers

FOUNDED = date(2024, 10, 20)


def make_body(org_unit, *, began_on=None, ends_on=None, document="", **fields):
    """Make a body; with a term where `began_on` says when it began."""
    defaults = {"kind": Body.Kind.COUNCIL, "name": f"协商委员会{next(numbers)}"}
    body = Body.objects.create(org_unit=org_unit, **defaults | fields)
    if began_on:
        Term.objects.create(
            body=body, began_on=began_on, ends_on=ends_on, document=document
        )
    return body


def make_term(org_unit, **fields):
    body = fields.pop("body", None) or make_body(org_unit)
    defaults = {"began_on": FOUNDED, "document": f"玉街〔2024〕{next(numbers)}号"}
    return Term.objects.create(body=body, **defaults | fields)


def make_member(org_unit, **fields):
    term = fields.pop("term", None) or make_term(org_unit)
    defaults = {"name": f"委员{next(numbers)}", "post": Member.Post.MEMBER}
    return Member.objects.create(term=term, **defaults | fields)


def make_resident_group(org_unit, **fields):
    defaults = {"name": f"第{next(numbers)}小组", "households": 40}
    return ResidentGroup.objects.create(org_unit=org_unit, **defaults | fields)


def make_kin_tie(org_unit, **fields):
    first, second = (make_resident(org_unit) for _one in range(2))
    defaults = {
        "first": first,
        "second": second,
        "relation": KinTie.Relation.SPOUSE,
        "declared_on": FOUNDED,
    }
    return KinTie.objects.create(**defaults | fields)


def make_meeting(org_unit, **fields):
    body = fields.pop("body", None) or make_body(org_unit)
    defaults = {
        "kind": Meeting.Kind.COUNCIL,
        "title": f"议事会{next(numbers)}",
        "starts_at": timezone.now() + timedelta(days=30),
        "place": "三楼会议室",
        "agenda": "讨论停车位\n讨论路灯",
    }
    return Meeting.objects.create(body=body, **defaults | fields)


def make_seat(org_unit, **fields):
    meeting = fields.pop("meeting", None) or make_meeting(org_unit)
    return Seat.objects.create(
        meeting=meeting, **{"name": f"代表{next(numbers)}"} | fields
    )


def make_motion(org_unit, **fields):
    meeting = fields.pop("meeting", None) or make_meeting(org_unit)
    defaults = {
        "title": f"增设路灯{next(numbers)}",
        "text": "在巷口增设路灯。",
        "mover": "居委会",
    }
    return Motion.objects.create(meeting=meeting, **defaults | fields)

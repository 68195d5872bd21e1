from datetime import date, timedelta

from django.utils import timezone

from communities.actions.residents import id_blind
from communities.identity import check_digit
from governance.models import (
    Applicant,
    Body,
    Certificate,
    Contract,
    Document,
    KinTie,
    Meeting,
    Member,
    Motion,
    Recruitment,
    ResidentGroup,
    Seat,
    Term,
    Upgrade,
    Worker,
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


def make_upgrade(org_unit, **fields):
    body = fields.pop("body", None) or make_body(
        org_unit, kind="party", rank="general", name=f"党总支{next(numbers)}"
    )
    defaults = {
        "before": "branch",
        "after": "general",
        "former_name": body.name,
        "upgraded_on": FOUNDED,
        "document_number": f"玉街党〔2024〕{next(numbers)}号",
    }
    return Upgrade.objects.create(body=body, **defaults | fields)


def make_document(org_unit, **fields):
    """Make a statement; it belongs to a term unless another owner is named."""
    if not {"term", "upgrade", "recruitment"} & set(fields):
        fields["term"] = make_term(org_unit)
    defaults = {"title": "说明", "statement": "经街道党工委会议研究同意。"}
    return Document.objects.create(org_unit=org_unit, **defaults | fields)


def make_worker(org_unit, **fields):
    defaults = {
        "name": f"社工{next(numbers)}",
        "sex": "2",
        "birth_year": 1990,
        "education": "20",
        "route": Worker.Route.EXAM,
        "post": "专职社区工作者",
        "employed_on": FOUNDED,
    }
    return Worker.objects.create(org_unit=org_unit, **defaults | fields)


def make_contract(org_unit, **fields):
    worker = fields.pop("worker", None) or make_worker(org_unit)
    defaults = {"kind": "fixed", "begins_on": FOUNDED, "ends_on": date(2027, 10, 19)}
    return Contract.objects.create(worker=worker, **defaults | fields)


def make_certificate(org_unit, **fields):
    worker = fields.pop("worker", None) or make_worker(org_unit)
    defaults = {"level": 1, "issued_on": FOUNDED}
    return Certificate.objects.create(worker=worker, **defaults | fields)


def make_recruitment(org_unit, **fields):
    today = timezone.localdate()
    defaults = {
        "title": f"招聘{next(numbers)}",
        "post": "专职社区工作者",
        "quota": 1,
        "closes_on": today + timedelta(days=7),
        "counted_on": today,
        "phone": "0577-65812345",
    }
    return Recruitment.objects.create(org_unit=org_unit, **defaults | fields)


def id_number_of(born: date, order: int) -> str:
    """Return a sound identity number of somebody born on the day."""
    body = f"330381{born:%Y%m%d}{order % 1000:03d}"
    return body + check_digit(body)


def make_applicant(org_unit, **fields):
    notice = fields.pop("recruitment", None) or make_recruitment(org_unit)
    order = next(numbers)
    born = fields.pop("birth_on", date(1995, 5, 1))
    number = fields.pop("id_number", id_number_of(born, order))
    defaults = {
        "number": order,
        "name": f"应聘者{order}",
        "sex": "1",
        "birth_on": born,
        "id_number": number,
        "id_blind": id_blind(number),
        "phone": "13800000000",
        "education": "20",
    }
    return Applicant.objects.create(
        org_unit=notice.org_unit, recruitment=notice, **defaults | fields
    )

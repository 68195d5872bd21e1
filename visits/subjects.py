"""Whom a visit is about: found by number within reach, or 404."""

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from communities.finding import Refused, find_households, find_residents, understand
from communities.finding.doors import Homes
from communities.finding.people import People
from communities.finding.questions import LONGEST_QUESTION, tidy
from communities.models import Household, Organisation, OrgUnit, Resident
from toolkit.permissions import permission_name
from toolkit.refusals import not_found
from toolkit.row_numbers import row_number
from visits.models import VisitDuty

KINDS = {"resident": Resident, "household": Household, "organisation": Organisation}
RELATED = {
    "resident": ("org_unit", "household__building__lane"),
    "household": ("org_unit", "building__lane"),
    "organisation": ("org_unit",),
}
PERMISSION = "visits.add_visit"
MOST_FOUND = 20


def subject_of(params: QueryDict, user) -> Resident | Household | Organisation | None:
    """Return the person, household or unit that the parameters name, None for none.

    Raises Http404 for one that does not exist or lies out of the user's reach: which of
    the two must not be told.
    """
    if "duty" in params:
        duties = VisitDuty.objects.in_scope_of(user).select_related("resident")
        return allowed(row_of(duties, params["duty"], user).resident, user)
    for name, model in KINDS.items():
        if name in params:
            rows = model.objects.in_scope_of(user).select_related(*RELATED[name])
            return allowed(row_of(rows, params[name], user), user)
    return None


def row_of(rows: QuerySet, text: str, user):
    """Return the row with this number; Http404 for nonsense and for strangers."""
    pk = row_number(text)
    row = rows.filter(pk=pk).first()
    if row is None:
        permission = permission_name(rows.model, "view")
        raise not_found(user, permission, rows.model.objects.filter(pk=pk))
    return row


def allowed(subject, user):
    """Return the subject if the user may log a visit there, else raise Http404."""
    if not user.has_perm(PERMISSION, subject):
        raise not_found(user, PERMISSION, type(subject).objects.filter(pk=subject.pk))
    return subject


def find_organisations(user, text: str) -> QuerySet:
    """Return units of the area within reach whose name contains the text.

    A name may be like an address or hold any sign: 7天连锁酒店, A&B.
    """
    asked = tidy(text)
    if not 0 < len(asked) <= LONGEST_QUESTION or "\0" in asked:
        return Organisation.objects.none()
    # Full-width brackets are stored as they were typed.
    named = Q(name__icontains=asked) | Q(name__icontains=text.strip())
    rows = Organisation.objects.in_scope_of(user).filter(named, closed_on=None)
    return rows.order_by("name", "pk")[:MOST_FOUND]


def fault_of(user, text: str, *, is_enrolment: bool = False) -> str:
    """Return why nobody can be searched for with the text, "" if it can be done.

    What makes no sense for people and homes may be the name of a unit.
    """
    try:
        understand(text)
    except Refused as refusal:
        names_a_unit = not is_enrolment and find_organisations(user, text).exists()
        return "" if names_a_unit else str(refusal)
    return ""


def find_whom(user, text: str, *, is_enrolment: bool = False) -> dict:
    """Return people, households and units that the text means, ready to be shown.

    For an enrolment only people, each leading to that form. Raises Refused with a
    sentence for text that cannot be searched for and names no unit.
    """
    way = enrol_url if is_enrolment else log_url
    units = [] if is_enrolment else list(find_organisations(user, text))
    try:
        people = find_residents(user, text, limit=MOST_FOUND)
        homes = find_households(user, text, limit=MOST_FOUND)
    except Refused:
        if not units:
            raise
        people, homes = People([]), Homes([])
    return {
        "people": [
            {
                "name": one.name,
                "age": one.age,
                "place": one.address or one.unit,
                "url": way("resident", one.pk),
            }
            for one in people.rows
            if not one.is_ended
        ],
        "homes": [home_line(home, way) for home in homes.rows],
        "is_cut": bool(people.next or homes.next),
        "organisations": [
            {
                "name": unit.name,
                "place": unit.address,
                "url": log_url("organisation", unit.pk),
            }
            for unit in units
        ],
    }


def home_line(home, way) -> dict:
    """Return a household and its members; the whole of it is visited, not enrolled."""
    return {
        "name": _("户号%(number)s") % {"number": home.number},
        "place": home.address,
        "url": "" if way is enrol_url else log_url("household", home.pk),
        "members": [
            {"name": name, "url": way("resident", pk)}
            for pk, name, _relation in home.members
        ],
    }


def enrol_url(kind: str, pk: int) -> str:
    """Return the address of the form that puts a person under a rule."""
    return f"{reverse('visits:visitduty-create')}?{kind}={pk}"


def log_form() -> str:
    """Return the address of the visit form."""
    return reverse("visits:visit-new")


def log_url(kind: str, pk: int, form: str = "") -> str:
    """Return the address of the visit form for a person, household or unit.

    A list of many looks up once where the form is.
    """
    return f"{form or log_form()}?{kind}={pk}"


def log_url_of(subject) -> str:
    return log_url(subject._meta.model_name, subject.pk)


def in_units(model, keys: set[int]) -> dict:
    """Return rows by their keys, those of one unit with one and the same object of it.

    A hundred people live in a few units.
    """
    found = model.objects.in_bulk(keys)
    units = OrgUnit.objects.in_bulk({one.org_unit_id for one in found.values()})
    for one in found.values():
        one.org_unit = units[one.org_unit_id]
    return found

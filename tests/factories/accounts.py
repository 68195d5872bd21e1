from django.contrib.auth.models import Group

from accounts.models import Assignment, RoleProfile, Trail
from tests.factories.core import make_user, numbers
from toolkit import audit


def make_account(org_unit, **fields):
    """A row of the street's register of accounts; the unit does not matter."""
    return make_user(**fields)


def make_role(level="community", kind="business", name=None):
    number = next(numbers)
    role = Group.objects.create(name=name or f"岗位{number}")
    RoleProfile.objects.create(
        role=role, slug=f"role-{number}", kind=kind, level=level, english="Role"
    )
    return role


def make_tenure(org_unit, **fields):
    """An assignment of a new user to a new role in the unit."""
    defaults = {"user": make_user(), "role": make_role()}
    return Assignment.objects.create(org_unit=org_unit, **defaults | fields)


def make_trail(org_unit, **fields):
    event = audit.record("read", actor=make_user(), **fields)
    return Trail.objects.get(pk=event.pk)

"""Plain functions that build valid rows of the core. Every argument has a default."""

from itertools import count

from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.db.models import Value

from accounts.models import Assignment, User
from communities.models import Building, Household, Lane, OrgUnit, Resident

numbers = count(1)


def make_org_unit(level="community", code=None, parent=None, **fields):
    code = code or f"{330381900000 + next(numbers)}"
    defaults = {"name": f"单元{code[-6:]}"}
    return OrgUnit.objects.create(
        level=level, code=code, parent=parent, **defaults | fields
    )


def make_user(username=None, **fields):
    username = username or f"user-{next(numbers)}"
    defaults = {"name": f"人员{username}"}
    return User.objects.create_user(username, **defaults | fields)


def make_assignment(username, org_unit, permissions=None, user=None):
    """Assign a user to a role that holds the given codenames, or every permission."""
    role, is_new = Group.objects.get_or_create(name=f"role of {username}")
    if not is_new:
        role.permissions.clear()
    chosen = Permission.objects.order_by()
    if permissions is not None:
        chosen = chosen.filter(codename__in=permissions)
    grant(role, chosen)
    user = user or make_user(username)
    return Assignment.objects.create(user=user, role=role, org_unit=org_unit)


def grant(role, permissions):
    """Give a new role its permissions, hundreds of them in one statement."""
    through = Group.permissions.through._meta.db_table
    given = permissions.annotate(role=Value(role.pk)).values("role", "pk")
    sql, values = given.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {through} (group_id, permission_id) {sql}", values)


def make_lane(org_unit, **fields):
    defaults = {"name": f"试验巷{next(numbers)}"}
    return Lane.objects.create(org_unit=org_unit, **defaults | fields)


def make_building(org_unit, **fields):
    lane = fields.pop("lane", None) or make_lane(org_unit)
    defaults = {"number": str(next(numbers))}
    return Building.objects.create(org_unit=org_unit, lane=lane, **defaults | fields)


def make_household(org_unit, **fields):
    number = next(numbers)
    defaults = {"number": f"{number:06d}", "address": f"试验巷{number}号"}
    return Household.objects.create(org_unit=org_unit, **defaults | fields)


def make_resident(org_unit, **fields):
    defaults = {"name": f"居民{next(numbers)}"}
    return Resident.objects.create(org_unit=org_unit, **defaults | fields)

"""Who may work where. The only module that turns an assignment into a filter.

A permission says what a user may do; an assignment says where. Every view, form,
search, export, API and report asks one of the two queryset methods below:

    Resident.objects.in_scope_of(user, "change")   # rows a user may act on
    Resident.objects.within(unit)                  # rows of a unit and all below it
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from os.path import commonprefix

from django.apps import apps
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Q
from django.utils import timezone

from toolkit.permissions import permission_name
from toolkit.prepared import PreparedFor

NOTHING = Q(pk__in=())
# Accounts that hold every permission everywhere, without any post.
UNBOUND = Q(is_superuser=True)
# Street, community or village, grid: nothing lies below the third.
LOWEST = 3


def rows_below(path_lookup: str, path: str, key: int | None = None) -> Q:
    """Return the condition for rows of the unit at a path and of every unit below it.

    Below a grid there is none, so where the key of a grid is known its rows are asked
    for by that: the index then has them in the order of a list, however few they are,
    while a path is compared with that of every row of the street on the way.
    """
    if key is None or path.count("/") < LOWEST:
        return Q(**{f"{path_lookup}__startswith": path})
    return Q(**{f"{path_lookup.removesuffix('path')}pk": key})


@dataclass(frozen=True)
class Scope:
    """The part of the street in which a user holds a permission."""

    paths: tuple[str, ...] = ()
    everywhere: bool = False
    # The key of the unit at each path.
    keys: Mapping[str, int] = field(default_factory=dict, hash=False)

    def as_q(self, path_lookup: str) -> Q:
        """Return the condition on a model whose unit path is at `path_lookup`."""
        if self.everywhere:
            return Q()
        reach = NOTHING
        for path in self.paths:
            reach |= rows_below(path_lookup, path, self.keys.get(path))
        return reach

    def covers(self, path: str) -> bool:
        """Answer whether a unit path lies in the scope."""
        return self.everywhere or path.startswith(self.paths or ("\0",))

    @property
    def top(self) -> str:
        """The path of the lowest unit in which all of it lies, "" for everywhere."""
        steps = commonprefix([path.rstrip("/").split("/") for path in self.paths])
        return "".join(f"{step}/" for step in steps)

    @property
    def holds_street(self) -> bool:
        """Whether the permission is held for a whole street: a path of one step."""
        return self.everywhere or any(path.count("/") == 1 for path in self.paths)

    @property
    def is_empty(self) -> bool:
        return not self.everywhere and not self.paths


def shortest(paths) -> tuple[str, ...]:
    """Drop the paths that lie below another one."""
    kept: list[str] = []
    for path in sorted(set(paths)):
        if not kept or not path.startswith(kept[-1]):
            kept.append(path)
    return tuple(kept)


def posts_of(user: int, day: date):
    """Return role, path and unit of the posts that count on a day."""
    posts = apps.get_model("accounts.Assignment").objects.filter(user=user)
    return posts.effective(day).values_list("role", "org_unit__path", "org_unit")


def grants_of(*roles: int):
    """Return which permissions the roles grant, by role, app and name."""
    grants = Group.permissions.through.objects.filter(group__in=roles)
    app_label = "permission__content_type__app_label"
    return grants.values_list("group", app_label, "permission__codename")


POSTS, GRANTS = PreparedFor(posts_of), PreparedFor(grants_of)


def scopes_of(user) -> dict[str, Scope]:
    """Return every permission of the user with its scope; read once per request."""
    if not hasattr(user, "_scopes"):
        user._scopes = read_scopes(user)
    return user._scopes


def read_scopes(user, day: date | None = None) -> dict[str, Scope]:
    """Return every permission that the user holds today, or held on a day."""
    held = POSTS.rows(user.pk, day or timezone.localdate())
    paths_by_role: dict[int, list[str]] = {}
    keys: dict[str, int] = {}
    for role, path, key in held:
        paths_by_role.setdefault(role, []).append(path)
        keys[path] = key
    roles_by_name: dict[str, tuple[int, ...]] = {}
    for role, app_label, codename in GRANTS.rows(*sorted(paths_by_role)):
        name = f"{app_label}.{codename}"
        roles_by_name[name] = (*roles_by_name.get(name, ()), role)
    # Hundreds of permissions come from a few posts.
    scopes = {}
    for roles in set(roles_by_name.values()):
        paths = chain.from_iterable(paths_by_role[role] for role in roles)
        scopes[roles] = Scope(shortest(paths), keys=keys)
    return {name: scopes[roles] for name, roles in roles_by_name.items()}


def scope_of(user, permission: str) -> Scope:
    """Return the scope in which the user holds the permission."""
    if not user.is_active or not user.is_authenticated:
        return Scope()
    if user.is_superuser:
        return Scope(everywhere=True)
    return scopes_of(user).get(permission, Scope())


def scope_on(user, permission: str, day: date) -> Scope:
    """Return the scope in which the user held the permission on a day."""
    if user.is_superuser:
        return Scope(everywhere=True)
    return read_scopes(user, day).get(permission, Scope())


def held_ever(user, permission: str) -> bool:
    """Answer whether the user has, or once had, a post with the permission."""
    return user.is_superuser or posts_granting(user, permission).exists()


def scope_ever(user, permission: str) -> Scope:
    """Return the scope in which the user holds the permission, or once held it."""
    if user.is_superuser:
        return Scope(everywhere=True)
    begun = posts_granting(user, permission).filter(starts_on__lte=timezone.localdate())
    return Scope(shortest(begun.values_list("org_unit__path", flat=True)))


def posts_granting(user, permission: str) -> models.QuerySet:
    """Return the posts of the user, of any day, with the permission."""
    app_label, codename = permission.split(".")
    granting = Group.objects.filter(
        permissions__content_type__app_label=app_label, permissions__codename=codename
    )
    return user.assignments.filter(role__in=granting)


class ScopedQuerySet(models.QuerySet):
    """Rows that belong to a unit; the model states its way there in `scope_path`.

    Rows of a past day may have belonged to another unit than they do today: they name
    the field or annotation that holds the key of that unit with `placed_at`.
    """

    placed = ""

    def _clone(self):
        clone = super()._clone()
        clone.placed = self.placed
        return clone

    def placed_at(self, name: str):
        """The same rows, each of the unit whose key stands in the field `name`."""
        rows = self._chain()
        rows.placed = name
        return rows

    def of_units(self, path_condition):
        """Rows whose unit meets a condition, a function of the lookup of its path."""
        if not self.placed:
            return self.filter(path_condition(self.model.scope_path))
        units = apps.get_model("communities", "OrgUnit")._base_manager
        keys = units.filter(path_condition("path")).values("pk")
        return self.filter(**{f"{self.placed}__in": keys})

    def within(self, org_unit):
        """Rows of the unit and of every unit below it."""
        return self.of_units(
            lambda lookup: rows_below(lookup, org_unit.path, org_unit.pk)
        )

    def in_unit(self, code: str):
        """Rows of the unit with this code and of every unit below it."""
        # A code is a whole step of the path, so it stands between slashes.
        return self.of_units(
            lambda path: (
                Q(**{f"{path}__startswith": f"{code}/"})
                | Q(**{f"{path}__contains": f"/{code}/"})
            )
        )

    def reach_of(self, user, action: str = "view") -> str:
        """The path of the lowest unit in which all rows lie that the user reaches."""
        return scope_of(user, permission_name(self.model, action)).top

    def in_scope(self, scope: Scope):
        """Rows whose unit lies in the scope."""
        return self if scope.everywhere else self.of_units(scope.as_q)

    def in_scope_of(self, user, action: str = "view"):
        """Rows on which the user may perform the action."""
        return self.in_scope(scope_of(user, permission_name(self.model, action)))


class RegisterQuerySet(ScopedQuerySet):
    """Rows of the whole street that belong to no unit: accounts, the audit trail.

    Whoever holds the permission for a whole street sees all of them, others none.
    The model says `is_register = True`.
    """

    def in_scope_of(self, user, action: str = "view"):
        scope = scope_of(user, permission_name(self.model, action))
        return self if scope.holds_street else self.none()


def unit_lookup(model, field: str) -> str:
    """Return the lookup of a field of the unit of a model: "org_unit__community"."""
    return f"{model.scope_path.removesuffix('path')}{field}"

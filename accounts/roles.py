"""Roles of accounts/data/roles.toml: loaded into groups, checked against models."""

import tomllib
from pathlib import Path

from django.contrib.auth.models import Group, Permission

from accounts.models import RoleProfile

FILE = Path(__file__).parent / "data" / "roles.toml"


def declared_roles() -> list[dict]:
    """Return the roles of the data file."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))["role"]


def permissions_of(role: dict) -> set[int]:
    """Return the ids of the permissions that a role grants.

    Raises ValueError for a permission that no model has: a typing error in the file
    must not silently take a right away.
    """
    found = {
        (app_label, codename): pk
        for app_label, codename, pk in Permission.objects.values_list(
            "content_type__app_label", "codename", "pk"
        )
    }
    granted = set()
    for label, actions in role.get("grants", {}).items():
        app_label, model = label.split(".")
        for action in actions.split():
            key = (app_label, f"{action}_{model}")
            if key not in found:
                raise ValueError(f"role {role['slug']}: no permission {key}")
            granted.add(found[key])
    return granted


def load_roles() -> int:
    """Create or update the groups of the data file; return how many changed."""
    changed = 0
    for role in declared_roles():
        profile = RoleProfile.objects.filter(slug=role["slug"]).first()
        if profile is None:
            group, _new = Group.objects.get_or_create(name=role["name"])
            profile = RoleProfile(slug=role["slug"], role=group)
        before = (profile.pk, profile.kind, profile.level, profile.english)
        profile.kind, profile.level = role["kind"], role["level"]
        profile.english = role["english"]
        wanted = permissions_of(role)
        held = set(profile.role.permissions.values_list("pk", flat=True))
        after = (profile.pk, profile.kind, profile.level, profile.english)
        if before == after and held == wanted:
            continue
        profile.save()
        profile.role.permissions.set(wanted)
        changed += 1
    return changed

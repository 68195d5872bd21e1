"""Somebody can give out the roles on every coming day.

Nobody gives himself a role, so a day without anyone who may give them has no way back
from within the portal.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Assignment, User
from communities.models import OrgUnit
from communities.scoping import UNBOUND
from toolkit import formats

GIVING = {"content_type__app_label": "accounts", "codename": "add_assignment"}


def giving_roles():
    """Return the roles whose holders give out roles."""
    return Group.objects.filter(
        **{f"permissions__{name}": value for name, value in GIVING.items()}
    )


def refuse_own_end(assignment: Assignment, user: User) -> None:
    """Raise ValidationError if it is one's own and lets one give out roles."""
    if assignment.user_id != user.pk:
        return
    if giving_roles().filter(pk=assignment.role_id).exists():
        words = _("不能结束自己的这个岗位，请另一位安全管理员来办。")
        raise ValidationError(words, code="own")


@contextmanager
def somebody_left() -> Iterator[None]:
    """Undo a step that would take the last one away, on whatever coming day.

    Raises ValidationError. Two who would each leave the other do so one after the
    other: the roles are locked. Lock the row at hand before.
    """
    with transaction.atomic():
        list(giving_roles().select_for_update(of=("self",)))
        today = timezone.localdate()
        before = coverage(today)
        yield
        after = coverage(today)
        for day in sorted(before | after):
            if held_on(before, day) and not held_on(after, day):
                words = _("%(day)s起就没有人能安排岗位了，请先安排另一位安全管理员。")
                told = {"day": formats.cn_date(day)}
                raise ValidationError(words % told, code="nobody_left")


def coverage(today: date) -> dict[date, bool]:
    """Return whether roles can be given, by the days from which that may turn."""
    holders = User.objects.filter(assignments__role__in=giving_roles())
    turns = {today}
    for begin, end in Assignment.objects.filter(user__in=holders).values_list(
        "starts_on", "ends_on"
    ):
        turns |= {begin} | ({end + timedelta(days=1)} if end else set())
    return {day: is_held(day) for day in turns if day >= today}


def held_on(covered: dict[date, bool], day: date) -> bool:
    """Return what holds on a day: as on the last turn before it."""
    return covered[max(turn for turn in covered if turn <= day)]


def is_held(day: date) -> bool:
    """Answer whether an account that is in use may give out roles on a day."""
    if User.objects.filter(UNBOUND, is_active=True).exists():
        return True
    held = Assignment.objects.effective(day).filter(
        role__in=giving_roles(),
        org_unit__level=OrgUnit.Level.STREET,
        user__is_active=True,
    )
    return held.exists()

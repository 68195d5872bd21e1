"""Who may approve a notice, so that whoever wrote it knows whom to ask."""

from itertools import accumulate

from django.utils.translation import gettext as _

from accounts.models import Assignment
from notices.models import Notice
from notices.querysets import NoticeQuerySet
from toolkit import formats

# More names than these nobody asks one by one.
NAMED = 3


def reviewers_of(notice: Notice) -> list[str]:
    """Return 林秀芬（东门社区） for all who may approve, the nearest first."""
    steps = notice.org_unit.path.split("/")[:-1]
    above = accumulate(steps, lambda path, step: f"{path}{step}/", initial="")
    held = Assignment.objects.effective().filter(
        org_unit__path__in=list(above),
        user__is_active=True,
        role__permissions__codename="publish_notice",
    )
    held = held.exclude(user__in=NoticeQuerySet.writers_of(notice))
    found = held.select_related("user", "org_unit").order_by("-org_unit__path", "pk")
    told = (_("%(name)s（%(unit)s）") % who(one) for one in found)
    return list(dict.fromkeys(told))


def who(assignment: Assignment) -> dict:
    return {"name": assignment.user.name, "unit": assignment.org_unit.name}


def waiting_words(notice: Notice) -> str:
    """Say who can approve the notice and what happens then."""
    people = reviewers_of(notice)
    if not people:
        return _("现在没有别人能审核这条通知，请安全管理员安排一位。")
    told = {"people": formats.listed(people[:NAMED])}
    if len(people) > NAMED:
        told["people"] = _("%(people)s等人") % told
    if notice.publish_at:
        return _("待%(people)s审核，通过后按时发布。") % told
    return _("待%(people)s审核，通过后立即发布。") % told

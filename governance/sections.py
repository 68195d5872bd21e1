"""What self-governance adds to the pages of a resident and of a unit."""

from django.urls import reverse
from django.utils.translation import gettext as _

from communities.models.org_units import COMMUNITY_LEVELS
from communities.sections import resident_action, resident_section, unit_section
from governance.board import rows_for
from governance.disclosing.standing import MISSING, standing_of, why
from governance.models import Body, DisclosureDuty, Member
from toolkit import formats


@resident_section(order=70)
def posts(resident, user) -> dict | None:
    """The bodies in which the person sits, and the relatives whom he declared."""
    rows = Member.objects.in_scope_of(user).filter(resident=resident)
    found = list(rows.select_related("term__body").order_by("left_on", "-pk"))
    if not found:
        return None
    return {
        "title": _("任职"),
        "template": "governance/_lines.html",
        "context": {"lines": [post_line(one) for one in found]},
    }


def post_line(member: Member) -> dict:
    left = formats.cn_date(member.left_on)
    about = _("%(day)s离任") % {"day": left} if left else member.term.words
    label = f"{member.term.body}　{member.post_words}"
    return {"label": label, "about": about, "url": member.get_absolute_url()}


@resident_action(order=70)
def enter_as_member(resident, user) -> dict | None:
    """Lead to the form that makes the person a member of a body."""
    if resident.ended_on or not user.has_perm("governance.add_member", resident):
        return None
    url = f"{reverse('governance:member-create')}?resident={resident.pk}"
    return {"label": _("登记任职"), "url": url}


@resident_action(order=71)
def declare_relative(resident, user) -> dict | None:
    """Lead to the form in which a near relative of the person is declared."""
    if resident.ended_on or not user.has_perm("governance.add_kintie", resident):
        return None
    url = f"{reverse('governance:kintie-create')}?first={resident.pk}"
    return {"label": _("申报近亲属"), "url": url}


@unit_section(order=40)
def bodies(unit, user) -> dict | None:
    """How the bodies of a community or village stand."""
    is_governed = unit.level in COMMUNITY_LEVELS
    if not is_governed or not user.has_perm("governance.view_body", unit):
        return None
    [row] = rows_for(Body.objects.in_scope_of(user), [unit], user)
    return {
        "title": _("基层组织"),
        "url": reverse("governance:board"),
        "url_label": _("组织一览"),
        "template": "governance/_cells.html",
        "context": {"cells": row["cells"]},
    }


@unit_section(order=41)
def disclosures(unit, user) -> dict | None:
    """What a community or village has not published in time, and why that is so."""
    permission = "governance.view_disclosureduty"
    if unit.level not in COMMUNITY_LEVELS or not user.has_perm(permission, unit):
        return None
    owed = DisclosureDuty.objects.within(unit).filter(met_on=None)
    found = owed.select_related("matter", "org_unit").order_by("due_on")
    lines = [
        {"label": str(one), "about": why(one), "url": one.get_absolute_url()}
        for one in found
        if standing_of(one).state == MISSING
    ]
    return {
        "title": _("居务公开缺项"),
        "note": _("%(count)d 项") % {"count": len(lines)} if lines else "",
        "url": reverse("governance:disclosures"),
        "url_label": _("公开看板"),
        "template": "governance/_lines.html",
        "context": {"lines": lines, "empty": _("没有过期未公开的事项。")},
    }

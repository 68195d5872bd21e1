"""Which body is missing or past its term in which unit, and why, at a glance (F014)."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from communities.models import OrgUnit
from governance import law
from governance.checks import FAULT, LATE, NEAR, Finding, findings_of
from governance.models import Body
from toolkit import formats

Kind = Body.Kind
SHOWN = (
    Kind.PARTY,
    Kind.CONGRESS,
    Kind.COUNCIL,
    Kind.COMMITTEE,
    Kind.SUPERVISION,
)
# A village may do without a meeting of representatives: its assembly decides.
MAY_LACK = {(OrgUnit.RuleProfile.VILLAGE, Kind.CONGRESS)}
TONES = {LATE: "bad", FAULT: "bad", NEAR: "wait"}


@dataclass(frozen=True)
class Cell:
    """How one kind of body stands in one unit: in words, with its reasons."""

    kind: str
    text: str
    tone: str
    url: str
    findings: list[Finding]


def rows_for(bodies: QuerySet, units: list[OrgUnit], user) -> list[dict]:
    """Return a row for each unit with a cell for each kind of body.

    Whoever may register one gets from what is missing to the form.
    """
    found: dict[tuple, list[Body]] = {}
    for body in bodies.filter(closed_on=None, kind__in=SHOWN).select_related(
        "org_unit"
    ):
        found.setdefault((body.org_unit_id, body.kind), []).append(body)
    return [
        {
            "unit": unit,
            "cells": [
                cell_of(unit, kind, main_of(found.get((unit.pk, kind), [])), user)
                for kind in SHOWN
            ],
        }
        for unit in units
    ]


def main_of(bodies: list[Body]) -> Body | None:
    """Return the body that stands for its kind: the one that is below no other."""
    return min(
        bodies, key=lambda one: (one.parent_id is not None, one.pk), default=None
    )


def cell_of(unit: OrgUnit, kind: Body.Kind, body: Body | None, user) -> Cell:
    if body is None:
        return missing(unit, kind, may_add=user.has_perm("governance.add_body", unit))
    findings, url, label = findings_of(body), body.get_absolute_url(), kind.label
    if not findings:
        end = body.term.ends_on
        words = (
            _("至%(month)s") % {"month": formats.cn_month(end)} if end else _("在任")
        )
        return Cell(label, words, "done", url, [])
    worst = findings[0]
    words = {
        LATE: _("任期已满"),
        NEAR: _("将要届满") if body.term and is_ending(findings) else _("请核对"),
        FAULT: _("%(count)d 项不符") % {"count": len(findings)},
    }
    return Cell(label, words[worst.tone], TONES[worst.tone], url, findings)


def is_ending(findings: list[Finding]) -> bool:
    return any(one.is_about_term for one in findings)


def missing(unit: OrgUnit, kind: Body.Kind, *, may_add: bool) -> Cell:
    """Say that a unit has no such body, and which article asks for one."""
    form = f"{reverse('governance:body-create')}?org_unit={unit.pk}&kind={kind}"
    url = form if may_add else unit.get_absolute_url()
    if (unit.rule_profile, kind) in MAY_LACK:
        text = _("可以不设。")
        return Cell(kind.label, _("未设"), "", url, [Finding(NEAR, text)])
    words = _("没有登记%(kind)s。") % {"kind": kind.label}
    source = law.cited(kind, unit)
    return Cell(kind.label, _("缺"), "bad", url, [Finding(FAULT, words + source)])

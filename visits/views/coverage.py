from datetime import date

from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView

from communities.models import OrgUnit
from toolkit import formats
from toolkit.policy import Policy
from visits.coverage import (
    ALONE,
    HELD,
    STOOD_IN,
    Part,
    counted,
    offered_in,
    parts_in,
    words_of,
)
from visits.models import Caseload, HandOver
from visits.views.choosing import (
    chooser_of_units,
    communities_of,
    units_to_choose,
)
from visits.views.responsible import hand_over_url

SHOWN = 12


class CoverageView(TemplateView):
    """How much of each community somebody answers for; of several communities only."""

    template_name = "visits/coverage.html"
    policy = Policy("permission", "visits.view_caseload")

    def get(self, request, *args, **kwargs):
        self.units = units_to_choose(request.user)
        if len(communities_of(self.units)) < 2:
            return redirect("visits:responsible")
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        user, today = self.request.user, timezone.localdate()
        parts = parts_in(OrgUnit.objects.in_scope_of(user), today)
        offered = offered_in(user)
        stood_in = [part for part in parts if part.is_stood_in]
        return super().get_context_data(
            title=_("责任区总览"),
            date_line=f"{formats.cn_day(today)}　{formats.cn_weekday(today)}",
            day=today,
            chooser=chooser_of_units(self.units, None, is_open=True),
            figures=figures(parts, offered, today),
            lines=[
                community_line(unit, parts, offered)
                for unit in communities_of(self.units)
            ],
            total=numbers(parts, ""),
            offered=[offered_line(row, today) for row in offered[:SHOWN]],
            offered_url=listed_offers("") if len(offered) > SHOWN else "",
            stood_in=stood_in_lines(stood_in[:SHOWN], today),
            stood_in_url=page_of("", STOOD_IN) if len(stood_in) > SHOWN else "",
            hand_over_url=hand_over_url(user, None),
            **kwargs,
        )


def page_of(code: str, only: str = "") -> str:
    """Return the address of the grids of a community, or of all; of one state."""
    page = f"{reverse('visits:responsible')}?unit={code}"
    return f"{page}&only={only}" if only else page


def listed_offers(code: str) -> str:
    """Return the address of the hand-overs that wait in a community, or anywhere."""
    return f"{reverse('visits:handover-list')}?unit={code}&status=offered"


def figures(parts: list[Part], offered: list[HandOver], today: date) -> list[dict]:
    """Return what matters of the whole, each with the rows behind it."""
    offers = {
        "label": _("待接收"),
        "value": formats.count(len(offered)),
        "unit": ngettext("张交接单", "张交接单", len(offered)),
        "url": listed_offers(""),
        "about": waiting_words(offered[0], today) if offered else "",
    }
    labels = {HELD: _("有人负责"), ALONE: _("无人负责"), STOOD_IN: _("正在代班")}
    return [
        *(grid_figure(label, parts, state) for state, label in labels.items()),
        offers,
    ]


def grid_figure(label: str, parts: list[Part], state: str) -> dict:
    """Return how many grids are in a state; where that is bad, for how many people."""
    found = counted(parts, state)
    is_bad = state == ALONE and bool(found.grids or found.people)
    words = ngettext("涉及居民 %(people)s 人", "涉及居民 %(people)s 人", found.people)
    words = words % {"people": formats.count(found.people)}
    return {
        "label": label,
        "value": formats.count(found.grids),
        "unit": ngettext("个网格", "个网格", found.grids),
        "url": page_of("", state),
        "is_bad": is_bad,
        "about": words if is_bad else "",
    }


def community_line(
    unit: OrgUnit, parts: list[Part], offered: list[HandOver]
) -> dict[str, object]:
    """Return one community as prepared strings."""
    own = [part for part in parts if part.unit.community_id == unit.pk]
    waiting = [row for row in offered if row.org_unit.community_id == unit.pk]
    alone = counted(own, ALONE)
    return numbers(own, unit.code) | {
        "name": unit.name,
        "url": page_of(unit.code),
        "words": alone_words(alone.grids, alone.people),
        "is_bad": bool(alone.grids or alone.people),
        "waiting": len(waiting),
        "waiting_url": listed_offers(unit.code),
        "since": formats.cn_day(waiting[0].status_since) if waiting else "",
    }


def alone_words(grids: int, people: int) -> str:
    """Say in words what nobody answers for: 2 个网格无人负责."""
    if grids:
        words = ngettext("%(count)d 个网格无人负责", "%(count)d 个网格无人负责", grids)
        return words % {"count": grids}
    return _("有人没划入网格") if people else _("都有人负责")


def numbers(parts: list[Part], code: str) -> dict[str, object]:
    """Return the numbers of some parts, each with the address of its rows."""
    return {
        "sets": [number_set(parts, state, code) for state in (HELD, ALONE)],
        "stood_in": number_set(parts, STOOD_IN, code),
    }


def number_set(parts: list[Part], state: str, code: str) -> dict[str, object]:
    """Return grids, homes and people of a state; what there is none of is ""."""
    found = counted(parts, state)
    words, counts = words_of(found), vars(found)
    told = {name: words[name] if counts[name] else "" for name in counts}
    return told | {"state": state, "url": page_of(code, state)}


def waiting_words(row: HandOver, today: date) -> str:
    """Say since when a hand-over waits: 11月29日提出，已等 2 天."""
    since = timezone.localdate(row.status_since)
    days = (today - since).days
    if days < 1:
        return _("今天提出")
    words = ngettext(
        "%(day)s提出，已等 %(days)d 天", "%(day)s提出，已等 %(days)d 天", days
    )
    return words % {"day": formats.cn_day(since), "days": days}


def offered_line(row: HandOver, today: date) -> dict:
    """Return a hand-over that waits: whose, for whom, from when on, and how long."""
    words = _("%(kind)s，%(giver)s交给%(receiver)s，%(span)s")
    facts = {
        "kind": row.get_kind_display(),
        "giver": row.from_worker or row.proposed_by,
        "receiver": row.to_worker,
        "span": row.span_words,
    }
    units = sorted(row.units.all(), key=lambda unit: unit.path)
    return {
        "label": formats.listed(unit.full_name for unit in units),
        "about": words % facts,
        "url": row.get_absolute_url(),
        "end": waiting_words(row, today),
    }


def stood_in_lines(parts: list[Part], today: date) -> list[dict]:
    """Return the grids in which somebody stands in: for whom, and until when."""
    keys = [part.unit.pk for part in parts]
    mains = Caseload.objects.in_force(today).filter(kind=Caseload.Kind.MAIN)
    rows = mains.filter(org_unit__in=keys).select_related("worker")
    whose = {row.org_unit_id: row.worker for row in rows}
    words = _("原责任人%(name)s")
    return [
        {
            "label": part.unit.full_name,
            "about": words % {"name": whose[part.unit.pk]}
            if part.unit.pk in whose
            else "",
            "url": part.caseload.get_absolute_url(),
            "end": part.caseload.who,
        }
        for part in parts
    ]

from datetime import date

from django import forms
from django.core.exceptions import BadRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from communities.models import OrgUnit
from toolkit import formats
from toolkit.filters import FIRST_DAY, LAST_DAY
from toolkit.permissions import address_for
from toolkit.policy import Policy
from toolkit.refusals import not_found
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
from visits.models import HandOver
from visits.responsibility import may_hand_over
from visits.views.choosing import (
    chooser_of_units,
    communities_of,
    units_to_choose,
)

# Of which grids alone one asks, in the address.
STATES = {
    HELD: gettext_lazy("有人负责"),
    ALONE: gettext_lazy("无人负责"),
    STOOD_IN: gettext_lazy("正在代班"),
}


class DayForm(forms.Form):
    """Of which day one asks; today where nothing is said."""

    on = forms.DateField(required=False)

    def clean_on(self):
        day = self.cleaned_data["on"] or timezone.localdate()
        if not FIRST_DAY <= day <= LAST_DAY:
            raise forms.ValidationError("")
        return day


def day_asked(request) -> date:
    """Return the day in the address; raises BadRequest for none."""
    form = DayForm(request.GET)
    if not form.is_valid():
        raise BadRequest(_("没有这个日期。"))
    return form.cleaned_data["on"]


class ResponsibleView(TemplateView):
    """Who was responsible on a day: every grid of a community, with its worker.

    Whoever looks after several communities begins with all of them side by side.
    """

    template_name = "visits/responsible.html"
    policy = Policy("permission", "visits.view_caseload")

    def get(self, request, *args, **kwargs):
        self.units = units_to_choose(request.user)
        self.is_several = len(communities_of(self.units)) > 1
        if self.is_several and not request.GET:
            return redirect("visits:coverage")
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        user, day = self.request.user, day_asked(self.request)
        unit, only = self.get_unit(), self.request.GET.get("only", "")
        reach = OrgUnit.objects.in_scope_of(user)
        rows = reach if unit is None else reach.within(unit)
        is_today = day == timezone.localdate()
        only = only if is_today and only in STATES else ""
        parts = [part for part in parts_in(rows, day) if part.is_of(only)]
        shown = parts if is_today else [part for part in parts if not part.is_loose]
        return super().get_context_data(
            title=title_of(unit or whole_of(self.units)),
            day=day,
            day_words=formats.cn_date(day),
            is_today=is_today,
            unit=unit,
            only=STATES.get(only, ""),
            is_several=self.is_several,
            chooser=chooser_of_units(self.units, unit, is_open=True),
            lines=part_lines(shown, user, is_today=is_today),
            total=words_of(counted(parts)),
            alone=alone_in(shown, is_today=is_today),
            waiting=waiting_lines(user),
            hand_over_url=hand_over_url(user, unit),
            **kwargs,
        )

    def get_unit(self) -> OrgUnit | None:
        """Return the unit in the address, None for all within reach."""
        code = self.request.GET.get("unit")
        if not code:
            return None
        found = next((unit for unit in self.units if unit.code == code), None)
        if found is None:
            named = OrgUnit.objects.filter(code=code)
            raise not_found(self.request.user, "communities.view_orgunit", named)
        return found


def whole_of(units: list[OrgUnit]) -> OrgUnit | None:
    """Return the one of the units in which all the others lie, if there is one."""
    first = units[0] if units else None
    is_whole = first and all(unit.path.startswith(first.path) for unit in units)
    return first if is_whole else None


def title_of(unit: OrgUnit | None) -> str:
    if unit is None:
        return _("责任区")
    return _("%(unit)s责任区") % {"unit": unit.full_name}


def is_alone(part: Part, *, is_today: bool) -> bool:
    """Answer whether nobody answers; of a day gone by whoever was named did."""
    return not part.is_held if is_today else part.caseload is None


def alone_in(parts: list[Part], *, is_today: bool) -> int:
    """Return for how many of the grids nobody answers."""
    grids = [part for part in parts if not part.is_loose]
    return sum(is_alone(part, is_today=is_today) for part in grids)


def part_lines(parts: list[Part], user, *, is_today: bool) -> list[dict]:
    """Return each grid with who was responsible, as prepared strings."""
    offered = {}
    for row in offered_in(user) if is_today else ():
        offered |= {unit.pk: row for unit in row.units.all()}
    return [
        part_line(part, user, is_today=is_today)
        | {"offered": offered_line(offered.get(part.unit.pk))}
        for part in parts
    ]


def part_line(part: Part, user, *, is_today: bool) -> dict:
    """Return one grid; where its worker can no longer go there, that is said."""
    row, unit, words = part.caseload, part.unit, words_of(counted([part]))
    gone = is_today and row is not None and not part.is_held
    return {
        "name": unit.full_name,
        "url": address_for(unit, user),
        "is_loose": part.is_loose,
        "who": row.who if row else "",
        "since": formats.cn_date(row.since) if row else "",
        "row_url": row.get_absolute_url() if row else "",
        "is_alone": is_alone(part, is_today=is_today),
        "why": _("已停用账号或已离任") if gone else "",
        "homes": words["homes"],
        "homes_url": rows_url("household", part, user),
        "people": words["people"],
        "people_url": rows_url("resident", part, user),
    }


def rows_url(name: str, part: Part, user) -> str:
    """Return the address of a register's rows of the part, "" where it has none."""
    count = {"household": part.homes, "resident": part.people}[name]
    if part.is_loose or not count or not user.has_perm(f"communities.view_{name}"):
        return ""
    kind = "grid" if part.unit.level == OrgUnit.Level.GRID else "unit"
    return f"{reverse(f'communities:{name}-list')}?{kind}={part.unit.code}"


def offered_line(row: HandOver | None) -> dict | None:
    """Return whose answer a grid waits for."""
    if row is None:
        return None
    words = _("待%(name)s接收，%(day)s提出")
    facts = {"name": row.to_worker, "day": formats.cn_day(row.status_since)}
    return {"words": words % facts, "url": row.get_absolute_url()}


def waiting_lines(user) -> list[dict]:
    """Return the hand-overs that wait for the user's own answer."""
    rows = HandOver.objects.in_scope_of(user).waiting_for(user)
    return [hand_over_line(row, user) for row in rows.prefetch_related("units")[:6]]


def hand_over_line(row: HandOver, user) -> dict:
    """Return a hand-over that waits, with a button for who is to accept it."""
    words, whose = _("%(name)s提出，%(span)s"), row.from_worker
    if whose and whose != row.proposed_by:
        words = _("原责任人%(whose)s，%(name)s提出，%(span)s")
    facts = {"name": row.proposed_by, "whose": whose, "span": row.span_words}
    kind = str(row.get_kind_display())
    return {
        "act": _("去接收") if row.to_worker_id == user.pk else "",
        "label": row.unit_words,
        "about": f"{kind}　{words % facts}",
        "url": row.get_absolute_url(),
        "end": formats.state(row.get_status_display(), "wait"),
    }


def hand_over_url(user, unit: OrgUnit | None) -> str:
    """Return the address of the form, "" for who has nothing to hand over."""
    if not may_hand_over(user):
        return ""
    url = reverse("visits:handover-create")
    return f"{url}?unit={unit.code}" if unit else url

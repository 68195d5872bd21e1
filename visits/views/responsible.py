from datetime import date

from django import forms
from django.core.exceptions import BadRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from communities.models import OrgUnit
from toolkit import formats
from toolkit.filters import FIRST_DAY, LAST_DAY
from toolkit.permissions import address_for
from toolkit.policy import Policy
from toolkit.refusals import not_found
from visits.models import Caseload, HandOver
from visits.responsibility import (
    entrusted_units,
    may_hand_over,
    responsible_in,
    unattended,
)
from visits.views.choosing import chooser, units_to_choose


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
    """Who was responsible on a day: every grid of a community, with its worker."""

    template_name = "visits/responsible.html"
    policy = Policy("permission", "visits.view_caseload")

    def get_context_data(self, **kwargs):
        user, day = self.request.user, day_asked(self.request)
        units = units_to_choose(user)
        unit = self.get_unit(units)
        reach = OrgUnit.objects.in_scope_of(user)
        rows = reach if unit is None else reach.within(unit)
        shown = list(entrusted_units(rows).select_related("community").order_by("path"))
        is_today = day == timezone.localdate()
        lines = unit_lines(shown, day, user, is_today=is_today)
        return super().get_context_data(
            title=title_of(unit or whole_of(units)),
            day=day,
            day_words=formats.cn_date(day),
            is_today=is_today,
            unit=unit,
            chooser=chooser(units, unit),
            lines=lines,
            alone=sum(line["is_alone"] for line in lines),
            waiting=waiting_lines(user),
            hand_over_url=hand_over_url(user, unit),
            **kwargs,
        )

    def get_unit(self, units: list[OrgUnit]) -> OrgUnit | None:
        """Return the unit in the address; the first community where there are more."""
        code = self.request.GET.get("unit")
        if code:
            found = next((unit for unit in units if unit.code == code), None)
            if found is None:
                named = OrgUnit.objects.filter(code=code)
                raise not_found(self.request.user, "communities.view_orgunit", named)
            return found
        communities = [unit for unit in units if unit.pk == unit.community_id]
        return communities[0] if len(communities) > 1 else None


def whole_of(units: list[OrgUnit]) -> OrgUnit | None:
    """Return the one of the units in which all the others lie, if there is one."""
    first = units[0] if units else None
    is_whole = first and all(unit.path.startswith(first.path) for unit in units)
    return first if is_whole else None


def title_of(unit: OrgUnit | None) -> str:
    if unit is None:
        return _("责任区")
    return _("%(unit)s责任区") % {"unit": unit.full_name}


def unit_lines(units, day, user, *, is_today: bool) -> list[dict]:
    """Return each unit with who was responsible, as prepared strings."""
    known = responsible_in((unit.pk for unit in units), day)
    keys = [unit.pk for unit in units]
    rows = OrgUnit.objects.filter(pk__in=keys)
    alone = {unit.pk for unit in unattended(rows, day)} if is_today else set()
    return [
        unit_line(unit, known.get(unit.pk), unit.pk in alone, user) for unit in units
    ]


def unit_line(unit: OrgUnit, row: Caseload | None, is_alone: bool, user) -> dict:
    """Return one unit; where its worker can no longer go there, that is said."""
    return {
        "name": unit.full_name,
        "url": address_for(unit, user),
        "who": row.who if row else "",
        "since": formats.cn_date(row.since) if row else "",
        "row_url": row.get_absolute_url() if row else "",
        "is_alone": is_alone or row is None,
        "why": _("已停用账号或已离任") if row and is_alone else "",
    }


def waiting_lines(user) -> list[dict]:
    """Return the hand-overs that wait for the user's own answer."""
    rows = HandOver.objects.in_scope_of(user).waiting_for(user)
    return [hand_over_line(row) for row in rows.prefetch_related("units")[:6]]


def hand_over_line(row: HandOver) -> dict:
    words, whose = _("%(name)s提出，%(day)s起"), row.from_worker
    if whose and whose != row.proposed_by:
        words = _("原责任人%(whose)s，%(name)s提出，%(day)s起")
    facts = {"name": row.proposed_by, "whose": whose}
    facts["day"] = formats.cn_day(row.takes_effect_on)
    kind = str(row.get_kind_display())
    return {
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

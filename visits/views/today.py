from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from communities.models import OrgUnit
from communities.scoping import Scope
from toolkit import audit, formats
from toolkit.marks import colon
from toolkit.policy import Policy
from toolkit.refusals import not_found
from toolkit.screens import leaving
from visits.day import counts_by_unit, day_of, homes, people
from visits.doors import Door
from visits.models import Visit, VisitDuty
from visits.responsibility import own_scope
from visits.subjects import log_form, log_url
from visits.views.choosing import OWN, chooser, units_to_choose

TONES = {
    Visit.Outcome.NORMAL: "done",
    Visit.Outcome.CHANGED: "wait",
    Visit.Outcome.NEEDS_HELP: "wait",
    Visit.Outcome.NOBODY_HOME: "",
    Visit.Outcome.REFUSED: "",
}


class DayPage(TemplateView):
    """The day's list of one unit, or of the whole reach where that is one community.

    Who is responsible somewhere sees that first.
    """

    policy = Policy("permission", "visits.add_visit")

    def get_own(self) -> Scope | None:
        """Return where the user is responsible, if that is what the URL asks for."""
        is_asked = self.request.GET.get("unit", OWN) == OWN
        return own_scope(self.request.user) if is_asked else None

    def get_unit(self, units: list[OrgUnit]) -> OrgUnit | None:
        """Return the unit that the URL asks for; 404 for one out of reach."""
        code = self.request.GET.get("unit")
        if not code or code == OWN:
            return None
        found = next((unit for unit in units if unit.code == code), None)
        if found is None:
            named = OrgUnit.objects.filter(code=code)
            raise not_found(self.request.user, "communities.view_orgunit", named)
        return found

    def proof_of(self, unit: OrgUnit | None, own, today, form: str) -> dict:
        """Return what the trail keeps of a list that leaves: unit, day and form."""
        conditions = [_("应走访日：%(day)s") % {"day": formats.cn_date(today)}]
        if unit is not None:
            conditions.append(_("社区或网格：%(unit)s") % {"unit": unit.full_name})
        if own is not None:
            conditions.append(_("我的责任区"))
        whole = VisitDuty.objects.reach_of(self.request.user)
        return {
            "batch": VisitDuty._meta.label_lower,
            "reach": unit.path if unit else own.top if own else whole,
            "about": {
                leaving.CONDITIONS: "；".join(conditions),
                leaving.FORM: form,
            },
        }


class TodayView(DayPage):
    template_name = "visits/today.html"

    def get_context_data(self, **kwargs):
        units = units_to_choose(self.request.user)
        unit, own = self.get_unit(units), self.get_own()
        today = timezone.localdate()
        has_own = own_scope(self.request.user) is not None
        context = super().get_context_data(
            title=_("今日走访"),
            date_line=f"{formats.cn_day(today)}　{formats.cn_weekday(today)}",
            chooser=chooser(units, unit, own is not None if has_own else None),
            unit=unit,
            **kwargs,
        )
        place = unit or own
        if place is None and len({one.community_id for one in units}) > 1:
            rows = counts_by_unit(self.request.user, today)
            return context | {"communities": rows}
        return context | self.get_day(place, today)

    def get_day(self, place, today) -> dict:
        user = self.request.user
        day = day_of(user, place, today)
        query = self.request.GET.urlencode()
        sheet = reverse("visits:sheet") + (f"?{query}" if query else "")
        return {
            "day": day,
            "lanes": shown_lanes(day),
            "done": [done_line(visit, user) for visit in day.done],
            "missed": [done_line(visit, user) for visit in day.missed],
            "done_homes": day.tally.done,
            "due_homes": day.tally.due,
            "late_homes": day.tally.late,
            "near_homes": homes(day.doors) - homes(day.due),
            "alarming": [door_line(door, today) for door in day.alarming],
            "sheet_url": sheet,
            "take_url": reverse("visits:take-along") + (f"?{query}" if query else ""),
        }


class SheetView(DayPage):
    """The day's list in large type, for a pocket; printing it is written down."""

    template_name = "visits/sheet.html"

    def get_context_data(self, **kwargs):
        unit = self.get_unit(units_to_choose(self.request.user))
        own, today = self.get_own(), timezone.localdate()
        day = day_of(self.request.user, unit or own, today)
        self.tell_printed(unit, own, today, len(day.doors))
        back, asked = reverse("visits:today"), self.request.GET.get("unit")
        if asked is not None:
            back += f"?{urlencode({'unit': asked})}"
        return super().get_context_data(
            title=_("今日走访清单"),
            date_line=f"{formats.cn_date(today)}　{formats.cn_weekday(today)}",
            unit=unit,
            is_own=own is not None,
            lanes=shown_lanes(day),
            homes=homes(day.doors),
            people=people(day.doors),
            back_url=back,
            **kwargs,
        )

    def tell_printed(self, unit: OrgUnit | None, own, today, count: int) -> None:
        """Write down that the sheet left: of which unit and day, with what on it."""
        audit.record(
            "printed",
            count=count,
            purpose=_("打印今日走访"),
            fields=[_("室"), _("姓名和原因"), _("期限")],
            **self.proof_of(unit, own, today, form=_("打印")),
        )


def shown_lanes(day) -> list[dict]:
    """Return lanes, houses and doors as prepared strings."""
    form = log_form()
    return [
        {
            "name": lane["name"],
            "homes": homes(lane["doors"]),
            "houses": [
                {
                    "name": house["name"],
                    "doors": [
                        door_line(door, day.today, form) for door in house["doors"]
                    ],
                }
                for house in lane["houses"]
            ],
        }
        for lane in day.lanes()
    ]


def door_line(door: Door, today, form: str = "") -> dict:
    """Return a door as prepared strings; `form` is the address of the visit form."""
    clock = door.clock(today)
    return {
        "sign": door.sign,
        "name": door.name,
        "reason": door.reason(),
        "clock": formats.clock(clock["text"], clock["tone"]),
        "is_alarming": door.is_alarming,
        "misses": door.misses,
        "where": door.where,
        "url": log_url(*door.whom.key, form),
    }


def done_line(visit: Visit, user) -> dict:
    """Return one visit of today: when, who, how, and by whom if not by oneself."""
    age = getattr(visit.subject, "age", None)
    words = [visit.summary]
    if visit.note:
        words.append(visit.note)
    by = "" if visit.logged_by_id == user.pk else str(visit.logged_by)
    return {
        "time": formats.cn_time(visit.visited_at),
        "name": f"{visit}　" + _("%(age)d岁") % {"age": age} if age else str(visit),
        "words": colon().join(words),
        "by": by,
        "url": visit.get_absolute_url(),
        "receipt": formats.state(
            _("已登记，第%(number)d号") % {"number": visit.pk}, TONES[visit.outcome]
        ),
    }

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from communities.models import OrgUnit
from communities.scoping import rows_below
from safety.board import by_unit, occupancy, shelters_near, tally_of
from safety.models import BuildingPost, Emergency, RollCall
from safety.naming import reached_words
from safety.roll import (
    CALL,
    MOST_LINES,
    emergency_asked,
    lanes_of,
    lines_for,
    open_for,
    own_lines,
    roll_url,
    unit_asked,
)
from safety.team_posts import named
from safety.views.lines import line_shown, shelters_offered
from toolkit import audit, formats
from toolkit.policy import Policy
from toolkit.screens import leaving


class RollPage(TemplateView):
    """The roll of an open emergency, of one unit or of all within reach."""

    policy = Policy("permission", CALL)

    def get_lines(self, emergency: Emergency, unit: OrgUnit | None):
        """Return the people whom the URL asks for."""
        lines = lines_for(self.request.user, emergency, unit)
        if self.request.GET.get("mine"):
            lines = own_lines(lines, emergency, self.request.user)
        return lines


class RollView(RollPage):
    """Door by door, with five buttons a person; works without script."""

    template_name = "safety/roll.html"

    def get_context_data(self, **kwargs):
        emergency, unit = emergency_asked(self.request), unit_asked(self.request)
        context = super().get_context_data(title=_("应急点名"), **kwargs)
        if emergency is None:
            return context
        user = self.request.user
        lines = lines_for(user, emergency, unit)
        units = by_unit(lines, "org_unit__community")
        context |= {
            "emergency": emergency,
            "choices": choices_of(user, emergency),
            "unit": unit,
            "tally_words": reached_words(tally_of(lines)),
            "board_url": board_url(emergency, unit),
            "sheet_url": self.url_of("safety:sheet", emergency),
            "newcomer_url": f"{reverse('safety:newcomer')}?emergency={emergency.pk}",
        }
        if unit is None and len(units) > 1:
            return context | {"units": [unit_line(*one, emergency) for one in units]}
        return context | self.get_round(emergency, unit)

    def get_round(self, emergency: Emergency, unit: OrgUnit | None) -> dict:
        """Return the people in walking order, as many as one round can hold."""
        user, lines = self.request.user, self.get_lines(emergency, unit)
        shown = list(lines.with_homes()[: MOST_LINES + 1])
        posts = posts_of(emergency)
        return {
            "chooser": chooser_of(lines_for(user, emergency, None), unit),
            "mine": bool(self.request.GET.get("mine")),
            "has_own": own_lines(lines, emergency, user).exists(),
            "is_cut": len(shown) > MOST_LINES,
            "shelters": shelters_offered(occupancy(emergency)),
            "take_url": take_url(unit),
            "lanes": lanes_shown(shown[:MOST_LINES], user, posts),
        }

    def url_of(self, name: str, emergency: Emergency) -> str:
        """Return the address of a page about the same people."""
        asked = self.request.GET.copy()
        asked["emergency"] = emergency.pk
        return f"{reverse(name)}?{asked.urlencode()}"


class RollSheetView(RollPage):
    """The roll in large type for a pocket; printing it is written down."""

    template_name = "safety/sheet.html"

    def get_context_data(self, **kwargs):
        emergency, unit = emergency_asked(self.request), unit_asked(self.request)
        asked = self.request.GET.urlencode()
        back = reverse("safety:roll") + (f"?{asked}" if asked else "")
        context = super().get_context_data(
            title=_("应急点名单"), back_url=back, **kwargs
        )
        if emergency is None:
            return context
        lines = list(self.get_lines(emergency, unit).with_homes())
        self.tell_printed(emergency, unit, len(lines))
        return context | {
            "emergency": emergency,
            "unit": unit,
            "date_line": formats.cn_datetime(timezone.now()),
            "people": len(lines),
            "lanes": self.get_lanes(lines, posts_of(emergency)),
            "shelters": shelters_near(emergency, homes_of(lines)),
        }

    def get_lanes(self, lines: list[RollCall], posts: dict[int, str]) -> list[dict]:
        """Return the lanes, of each of several communities on sheets of its own."""
        homes: dict[OrgUnit, list[RollCall]] = {}
        for line in sorted(lines, key=lambda line: home_of(line).path):
            homes.setdefault(home_of(line), []).append(line)
        lanes = []
        for unit, people in homes.items():
            own = lanes_shown(people, self.request.user, posts)
            if len(homes) > 1:
                own = [lane | {"unit": unit.name} for lane in own]
                own[0]["is_first"] = bool(lanes)
            lanes += own
        return lanes

    def tell_printed(self, emergency, unit: OrgUnit | None, count: int) -> None:
        """Write down that the sheet left: of which emergency and unit."""
        conditions = [_("应急响应：%(title)s") % {"title": emergency}]
        if unit is not None:
            conditions.append(_("社区或网格：%(unit)s") % {"unit": unit.full_name})
        reach = unit.path if unit else RollCall.objects.reach_of(self.request.user)
        audit.record(
            "printed",
            count=count,
            purpose=_("紧急情况"),
            batch=RollCall._meta.label_lower,
            reach=reach,
            fields=[_("室"), _("姓名和原因"), _("情况")],
            about={
                leaving.CONDITIONS: "；".join(conditions),
                leaving.FORM: _("打印"),
            },
        )


def choices_of(user, chosen: Emergency) -> list[dict]:
    """Return the open emergencies to choose among, none where there is only one."""
    opened = open_for(user)
    return [
        {
            "label": named(one),
            "waiting": waiting,
            "url": roll_url(one.pk),
            "is_chosen": one.pk == chosen.pk,
        }
        for one, waiting in opened
        if len(opened) > 1
    ]


def home_of(line: RollCall) -> OrgUnit:
    """Return the community of a person, or the unit itself where that is above."""
    return line.org_unit.community or line.org_unit


def homes_of(lines) -> Q:
    """Return the condition for rows of the communities in which the people are."""
    reach = Q(pk__in=[])
    for unit in {home_of(line) for line in lines}:
        reach |= rows_below("org_unit__path", unit.path)
    return reach


def posts_of(emergency: Emergency) -> dict[int, str]:
    """Return who answers for a building, by its key."""
    posts = BuildingPost.objects.filter(emergency=emergency)
    return {one.building_id: one.who for one in posts.select_related("worker", "team")}


def lanes_shown(lines, user, posts: dict[int, str]) -> list[dict]:
    """Return lanes, houses and people as prepared strings."""
    return [
        {
            "name": lane["name"],
            "people": sum(len(house["pairs"]) for house in lane["houses"]),
            "houses": [
                {
                    "name": house["name"],
                    "who": posts.get(house["building"], ""),
                    "lines": [line_shown(line, user) for _d, line in house["pairs"]],
                }
                for house in lane["houses"]
            ],
        }
        for lane in lanes_of(lines)
    ]


def chooser_of(lines, chosen: OrgUnit | None) -> list[dict]:
    """Return the units to choose among: those of the community that is looked at."""
    if chosen is not None:
        lines = lines.within(chosen.community or chosen)
    units = [unit for unit, _tally in by_unit(lines, "org_unit")]
    if len(units) < 2:
        return []
    shown = [chosen.community] if chosen and chosen.community else []
    return [
        {
            "code": unit.code,
            "label": unit.full_name,
            "chosen": unit == chosen,
        }
        for unit in dict.fromkeys([*shown, *units])
    ]


def unit_line(unit: OrgUnit, tally, emergency: Emergency) -> dict:
    query = f"?emergency={emergency.pk}&unit={unit.code}"
    return {
        "name": unit.full_name,
        "url": reverse("safety:roll") + query,
        "words": reached_words(tally),
    }


def board_url(emergency: Emergency, unit: OrgUnit | None) -> str:
    query = f"?unit={unit.code}" if unit else ""
    return emergency.get_absolute_url() + query


def take_url(unit: OrgUnit | None) -> str:
    """Return the address that gives a phone the day of a unit, with its roll."""
    return reverse("visits:take-along") + (f"?unit={unit.code}" if unit else "")

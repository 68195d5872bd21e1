from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from communities.scoping import scope_of
from toolkit import formats
from toolkit.history import history_of
from toolkit.tiles import panel, tile
from visits.day import day_of
from visits.help import link as help_link
from visits.models import HandedIn, HandOver
from visits.responsibility import own_scope, units_left_alone
from visits.tallies import tally_of
from visits.trays import count_waiting, sent_by, waiting_for
from visits.views.responsible import hand_over_line
from visits.views.today import door_line

SHOWN = 6
WAITING_SHOWN = 3
# For how long whoever handed something in is told what was decided.
TOLD_FOR = timedelta(days=7)

tile(
    "services",
    "visits.on_time_rate",
    facts=("visits.visits", "visits.overdue", "volunteers.teams"),
)


@panel("visits-today", order=10, permission="visits.add_visit")
def todays_visits(user, now) -> dict | None:
    """The beginning of the day's list, for those who go from door to door."""
    if scope_of(user, "visits.add_visit").holds_street:
        return None
    own = own_scope(user)
    day = day_of(user, own)
    tally = day.tally
    doors = [door for lane in day.lanes() for door in lane["doors"]]
    due = [door for door in doors if door.is_due(day.today)]
    return {
        "title": _("今日走访"),
        "note": _("先列有超期的巷子，其余按行走顺序。"),
        "url": reverse("visits:today"),
        "url_label": _("全部清单"),
        "template": "visits/_desk.html",
        "context": {
            "late_homes": tally.late,
            "due_homes": tally.due,
            "done_homes": tally.done,
            "tomorrow_homes": 0 if due else homes_tomorrow(user, day.today),
            "help": help_link(user),
            "doors": [door_line(door, day.today) for door in due[:SHOWN]],
        },
    }


def homes_tomorrow(user, today: date) -> int:
    """Return how many homes the next day asks for, as things stand."""
    return tally_of(user, own_scope(user), today + timedelta(days=1)).due


@panel("visits-handed-in", order=15, permission="toolkit.change_syncitem")
def waiting_items(user, now) -> dict | None:
    """What phones handed in and nobody has decided of; no part where there is none."""
    count = count_waiting(user)
    if not count:
        return None
    newest = waiting_for(user).order_by("-pk")[:WAITING_SHOWN]
    words = ngettext("%(count)d 条待核对", "%(count)d 条待核对", count)
    return {
        "title": _("离线登记核对"),
        "note": words % {"count": count},
        "url": reverse("visits:handedin-list"),
        "url_label": _("全部"),
        "template": "visits/_waiting.html",
        "context": {
            "items": [
                {
                    "url": one.get_absolute_url(),
                    "whom": one.whom,
                    "why": one.get_result_display(),
                    "at": formats.cn_day_time(one.received_at),
                }
                for one in newest
            ]
        },
    }


@panel("visits-own-handed-in", order=16, permission="visits.add_visit")
def own_items(user, now) -> dict | None:
    """What became of what one has handed in oneself, for who does not decide of it."""
    if user.has_perm("toolkit.view_syncitem"):
        return None
    found = sent_by(user, since=now - TOLD_FOR)[:WAITING_SHOWN]
    items = [own_line(one) for one in found]
    if not items:
        return None
    return {
        "title": _("我的离线登记"),
        "note": _("等社区核对，不用再登记一次。"),
        "template": "visits/_my_handed_in.html",
        "context": {"items": items},
    }


def own_line(item: HandedIn) -> dict:
    """Return one item with its state, and the reason where it was set aside."""
    decided, why = history_of(item).first(), item.why
    if item.result == HandedIn.Result.HANDOVER:
        where = _("已转所在社区。") if item.unit_path else _("已转街道核对。")
        if item.unit_path and item.is_for_another_grid:
            where = _("已转现责任网格，由社区核对。")
        why = formats.sentences([why, where])
    return {
        "at": formats.cn_day_time(item.moment),
        "whom": item.whom,
        "state": item.get_status_display(),
        "note": decided.note if decided else why,
    }


@panel("hand-overs", order=8, permission="visits.change_handover")
def hand_overs(user, now) -> dict | None:
    """What waits for the user's own acceptance, and what he waits for himself."""
    rows = HandOver.objects.in_scope_of(user).offered_between(user)
    found = list(rows.prefetch_related("units")[:SHOWN])
    if not found:
        return None
    mine = [row for row in found if row.to_worker_id == user.pk]
    note = _("待您接收") if mine else _("等对方接收")
    others = [row for row in found if row not in mine]
    lines = [hand_over_line(row, user) for row in mine + others]
    return {
        "title": _("责任区交接"),
        "note": note,
        "url": reverse("visits:handover-list"),
        "url_label": _("全部交接"),
        "template": "toolkit/_lines.html",
        "context": {"lines": lines},
    }


@panel("units-alone", order=9, permission="visits.change_caseload")
def units_alone(user, now) -> dict | None:
    """The grids for whose visits nobody answers today, where others have somebody."""
    units = units_left_alone(user, timezone.localdate(now))
    if not units:
        return None
    found = ngettext("共 %(count)d 个网格", "共 %(count)d 个网格", len(units))
    page = reverse("visits:responsible")
    return {
        "title": _("无人负责"),
        "note": found % {"count": len(units)},
        "url": page,
        "url_label": _("责任区"),
        "template": "toolkit/_lines.html",
        "context": {
            "lines": [
                {"label": unit.full_name, "url": f"{page}?unit={unit.community.code}"}
                for unit in units[:SHOWN]
            ]
        },
    }

"""The life of an emergency: prepared, opened, closed by the street, destroyed."""

from datetime import timedelta

from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from communities.models import OrgUnit
from safety.actions import destroy_collected, list_people
from safety.actions.listing import reasons_of
from safety.closing import still_out
from safety.models import Emergency, Status
from toolkit import formats
from toolkit.workflow import Transition, Workflow, register


def why_not_open(emergency: Emergency, by) -> str:
    """Return why the emergency cannot be opened, "" if it can."""
    if emergency.criteria or emergency.rules.exists():
        return ""
    return _gettext("请先选叫应对象，才知道要联系哪些人。")


def before_opening(emergency: Emergency, by) -> str:
    """Return how many units are set to work, and about how many people are listed."""
    around = emergency.around_as_q("path")
    units = OrgUnit.objects.current().communities().filter(around)
    told = {
        "units": formats.count(units.count()),
        "people": formats.count(len(reasons_of(emergency))),
    }
    words = _gettext(
        "将通知 %(units)s 个社区（村），名单约 %(people)s 人，启动后名单不再自动增减。"
    )
    return words % told


def before_closing(emergency: Emergency, by) -> str:
    """Return who is not out of danger yet, and when everything is destroyed."""
    words = ngettext(
        "结束后 %(days)d 天销毁名单。提前结束可以恢复。",
        "结束后 %(days)d 天销毁名单。提前结束可以恢复。",
        emergency.keep_days,
    )
    last = words % {"days": emergency.keep_days}
    return format_html("{}{}{}", still_out(emergency, by), formats.sentence_gap(), last)


def begin(emergency: Emergency, by) -> None:
    """Effect of opening: the roll is drawn up, and stays as it is from now on."""
    emergency.opened_at = timezone.now()
    emergency.save(update_fields=["opened_at"])
    list_people(emergency, by)


def end(emergency: Emergency, by) -> None:
    """Effect of closing: the day is set on which everything is destroyed."""
    emergency.closed_at = timezone.now()
    days = timedelta(days=emergency.keep_days)
    emergency.destroy_on = timezone.localdate(emergency.closed_at) + days
    emergency.save(update_fields=["closed_at", "destroy_on"])


def go_on(emergency: Emergency, by) -> None:
    """Effect of opening again: it was closed too early."""
    emergency.closed_at = emergency.destroy_on = None
    emergency.save(update_fields=["closed_at", "destroy_on"])


@register
class EmergencyWorkflow(Workflow):
    model = Emergency
    transitions = (
        Transition(
            "open",
            _("启动响应"),
            (Status.DRAFT,),
            Status.OPEN,
            warning=before_opening,
            is_primary=True,
            guard=why_not_open,
            effects=(begin,),
        ),
        Transition(
            "close",
            _("结束响应"),
            (Status.OPEN,),
            Status.CLOSED,
            warning=before_closing,
            effects=(end,),
        ),
        Transition(
            "resume",
            _("恢复响应"),
            (Status.CLOSED,),
            Status.OPEN,
            needs_note=True,
            effects=(go_on,),
        ),
        # Before its day a person does it and says why; on its day the clock does.
        Transition(
            "destroy",
            _("销毁数据"),
            (Status.CLOSED,),
            Status.DESTROYED,
            needs_note=True,
            note_label=_("提前销毁的原因"),
            warning=_("提前销毁后，名单和登记经过不能恢复，只留汇总数。"),
            is_final=True,
            effects=(destroy_collected,),
        ),
    )

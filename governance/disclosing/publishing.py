"""Writes that go with the steps of a disclosure."""

from django.utils import timezone
from django.utils.translation import gettext as _

from governance.disclosing.owed import owe
from governance.models import Disclosure, DisclosureDuty
from toolkit import clocks
from toolkit.history import remember

COPIED = ("org_unit", "matter", "title", "body", "period", "formed_on")


def show(disclosure: Disclosure, by) -> None:
    """Effect of publishing: the display begins, the duty is met."""
    today = timezone.localdate()
    profile = disclosure.org_unit.rule_profile
    display = clocks.run(clocks.limit("T01", profile=profile), today)
    disclosure.published_on, disclosure.shown_until = today, display.due_on
    disclosure.save(update_fields=["published_on", "shown_until"])
    meet(disclosure)


def meet(disclosure: Disclosure) -> None:
    """Let a disclosure stand for its duty; a correction keeps the first day."""
    duty = owe(disclosure)
    duty.met_on = duty.met_on or disclosure.published_on
    duty.disclosure = disclosure
    duty.save(update_fields=["met_on", "disclosure"])


def take_down(disclosure: Disclosure, by) -> None:
    """Effect of withdrawing: taken down too soon, it has not met its duty."""
    disclosure.taken_down_on = timezone.localdate()
    disclosure.save(update_fields=["taken_down_on"])
    if disclosure.days_short:
        duties = DisclosureDuty.objects.filter(disclosure=disclosure)
        duties.update(met_on=None, disclosure=None)


def mark_corrected(disclosure: Disclosure, by) -> None:
    """Effect of being corrected: it is not shown any more."""
    disclosure.taken_down_on = timezone.localdate()
    disclosure.save(update_fields=["taken_down_on"])


def copy_to_correct(disclosure: Disclosure, by) -> None:
    """Effect of correcting: a draft with the same text; the old one stays up so far."""
    fields = {name: getattr(disclosure, name) for name in COPIED}
    draft = Disclosure.objects.create(author=by, corrects=disclosure, **fields)
    remember(draft, "created", _("起草更正"), by=by, note=disclosure.title)

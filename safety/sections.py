"""What an open emergency adds to the page of a resident."""

from django.urls import reverse
from django.utils.translation import gettext as _

from communities.sections import resident_action, resident_banner
from safety.models import Emergency, RollCall
from safety.naming import state_tone


@resident_banner(order=5)
def on_the_roll(resident, user) -> list[dict]:
    """Say how it stands with the person while an emergency is open."""
    rows = RollCall.objects.in_scope_of(user).filter(resident=resident)
    lines = rows.filter(emergency__in=Emergency.objects.open())
    return [
        {
            "tone": "urgent" if state_tone(line.state) == "bad" else "wait",
            "icon": "alert",
            "title": str(line.emergency),
            "text": line.standing,
            "url": line.get_absolute_url(),
            "url_label": _("查看"),
        }
        for line in lines.select_related("emergency", "shelter")
    ]


@resident_action(order=70)
def put_on_the_roll(resident, user) -> dict | None:
    """Lead to the form that puts the person on the roll of an open emergency."""
    if resident.ended_on or not user.has_perm("safety.add_rollcall", resident):
        return None
    wanted = Emergency.objects.in_scope_of(user).open()
    if not wanted.exclude(lines__resident=resident).exists():
        return None
    url = f"{reverse('safety:newcomer')}?resident={resident.pk}"
    return {"label": _("列入应急点名"), "url": url}

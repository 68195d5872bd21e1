from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext_lazy as _

from safety.models import PoliceRoom
from toolkit.hours import unbroken
from toolkit.publications import Card, card


@card("police")
def officers(today: date) -> Iterable[Card]:
    """The policeman of each community: name, post and number are public (F090).

    The site holds the cards for readers of every language, so their words stay lazy.
    """
    rooms = PoliceRoom.objects.staffed_on(today).select_related("org_unit")
    for room in rooms:
        facts = [
            (_("警务室"), room.address),
            (_("在岗"), unbroken(room.hours)),
            (_("警号"), room.badge),
        ]
        yield Card(
            path=room.org_unit.path,
            role=_("您的社区民警"),
            name=room.officer,
            post=room.officer_post,
            phone=room.phone,
            facts=tuple(fact for fact in facts if fact[1]),
            note=_("紧急情况请直接拨打 110。"),
            hue="safety",
        )

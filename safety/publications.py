from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext_lazy as _

from safety.board import people_in_shelters
from safety.models import Emergency, PoliceRoom, Shelter
from toolkit.hours import unbroken
from toolkit.publications import Card, Occasion, Place, card, occasion

RESPONSES = {
    Emergency.Level.FIRST: _("Ⅰ级应急响应"),
    Emergency.Level.SECOND: _("Ⅱ级应急响应"),
    Emergency.Level.THIRD: _("Ⅲ级应急响应"),
    Emergency.Level.FOURTH: _("Ⅳ级应急响应"),
}
# Below this part of its places a shelter has few left.
FEW_LEFT = 0.1


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


@occasion("emergencies")
def shelters_in_emergencies(today: date) -> Iterable[Occasion]:
    """The shelters that take people in, and whom to ring, while an emergency is open.

    突发事件应对法 2024, 66 (5) and 73 (3): numbers to call for help are made known, and
    places to stay are offered. An exercise sends nobody anywhere.
    """
    opened = Emergency.objects.published().order_by("-opened_at", "-pk")
    if not opened:
        return
    inside = people_in_shelters()
    for emergency in opened:
        near = emergency.around_as_q("org_unit__path")
        rows = Shelter.objects.published().filter(near).select_related("org_unit")
        yield Occasion(
            title=emergency.title,
            about=RESPONSES[emergency.level],
            since=emergency.opened_at,
            places=tuple(place_of(one, inside.get(one.pk, 0)) for one in rows),
        )


def place_of(shelter: Shelter, people: int) -> Place:
    """Return a shelter as residents see it.

    Whether there is room is said in words: what is counted are the people of the roll,
    and others come by themselves.
    """
    left = shelter.capacity - people
    room, tone = _("还有空位"), "done"
    if left <= 0:
        room, tone = _("已满"), "bad"
    elif left <= shelter.capacity * FEW_LEFT:
        room, tone = _("空位不多"), "wait"
    return Place(
        path=shelter.org_unit.path,
        name=shelter.name,
        address=shelter.address,
        phone=shelter.phone,
        who=shelter.contact,
        room=room,
        tone=tone,
        facts=((_("说明"), shelter.about),) if shelter.about else (),
    )

"""Where the teams of a captain are sent in open emergencies, without any resident.

A captain learns which shelter or building, when, and who is in charge there: that is
what he tells his people. Whom they meet there the one in charge tells them.
"""

from itertools import chain
from operator import itemgetter

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from communities.contacts import phone_links
from communities.models import UnitProfile
from safety.models import BuildingPost, Emergency, ShelterPost
from toolkit import formats
from toolkit.marks import bracketed
from volunteers.models import Team

VIEW = "safety.view_shelterpost"


def shelter_posts_of(user) -> QuerySet:
    """Return where the captain's teams keep a shelter, the next first."""
    return of_own_teams(ShelterPost.objects.all(), user).select_related(
        "shelter", "team", "emergency"
    )


def building_posts_of(user) -> QuerySet:
    """Return the buildings for which the captain's teams answer."""
    return of_own_teams(BuildingPost.objects.all(), user).select_related(
        "building__lane", "building__org_unit__community", "team", "worker"
    )


def of_own_teams(posts: QuerySet, user) -> QuerySet:
    """Return the posts of the teams that the user leads, in open emergencies."""
    teams = Team.objects.in_scope_of(user).led_by(user)
    opened = Emergency.objects.open()
    return posts.filter(team__in=teams, emergency__in=opened)


def duties_of(user) -> list[dict]:
    """Return the open emergencies in which the captain's teams are posted.

    What is in earnest comes before exercises, the newest first.
    """
    shelters, buildings = list(shelter_posts_of(user)), list(building_posts_of(user))
    phones = office_phones(buildings)
    keys = {post.emergency_id for post in [*shelters, *buildings]}
    rows = Emergency.objects.filter(pk__in=keys).order_by("is_drill", "-pk")
    return [
        {
            "emergency": one,
            "title": named(one),
            "posts": in_turn(
                [at_shelter(p) for p in shelters if p.emergency_id == one.pk],
                [at_building(p, phones) for p in buildings if p.emergency_id == one.pk],
            ),
        }
        for one in rows
    ]


def in_turn(*posts: list[dict]) -> list[dict]:
    """Return the posts in their order; a shift that is over stands below the others."""
    return sorted(chain(*posts), key=itemgetter("is_over"))


def named(emergency: Emergency) -> str:
    """Return the title of an emergency; an exercise says that it is one."""
    drill = bracketed(_("演练")) if emergency.is_drill else ""
    return f"{emergency}{drill}"


def at_shelter(post: ShelterPost) -> dict:
    """Return a post at a shelter: where, when, who opens it and how to call him."""
    return {
        "place": post.shelter.name,
        "address": post.shelter.address,
        "hours": post.hours,
        "is_over": post.is_over,
        "team": post.team.name,
        "who": post.shelter.contact,
        "phones": phone_links(post.shelter.phone),
    }


def at_building(post: BuildingPost, phones: dict[int, str]) -> dict:
    """Return a post at a building: its worker, and the number of his office."""
    unit = post.building.org_unit.community or post.building.org_unit
    return {
        "place": post.building.address,
        "address": unit.name,
        "hours": _("响应期间"),
        "is_over": False,
        "team": post.team.name,
        "who": str(post.worker or ""),
        "phones": phone_links(phones.get(unit.pk, "")),
    }


def office_phones(posts: list[BuildingPost]) -> dict[int, str]:
    """Return the number on which the community of each building is on duty."""
    units = {post.building.org_unit.community_id for post in posts}
    rows = UnitProfile.objects.filter(org_unit__in=units)
    return {
        pk: duty or office
        for pk, duty, office in rows.values_list("org_unit", "duty_phone", "phone")
    }


def short_lines(user) -> list[dict]:
    """Return the same on one line each, for the desk."""
    return [
        {
            "label": post["place"],
            "about": formats.phrased([duty["title"], post["team"]]),
            "end": _("已结束") if post["is_over"] else post["hours"],
        }
        for duty in duties_of(user)
        for post in duty["posts"]
    ]

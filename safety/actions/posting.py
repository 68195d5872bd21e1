"""Who answers for which building, and keeps which shelter, in an open emergency."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from communities.models import Building
from safety.models import BuildingPost, Emergency, Shelter, ShelterPost
from toolkit import audit
from volunteers.models import Team


@transaction.atomic
def assign_building(
    *, emergency: Emergency, building: Building, by, worker=None, team=None
) -> BuildingPost | None:
    """Give a building to a worker and a team; to nobody takes it back.

    Raises ValidationError for an emergency that is not open.
    """
    refuse_when_over(emergency)
    audit.record("posted", actor=by, subject=building, fields=["worker", "team"])
    if worker is None and team is None:
        BuildingPost.objects.filter(emergency=emergency, building=building).delete()
        return None
    post, _is_new = BuildingPost.objects.update_or_create(
        emergency=emergency,
        building=building,
        defaults={"worker": worker, "team": team},
    )
    return post


@transaction.atomic
def post_at_shelter(
    *,
    emergency: Emergency,
    shelter: Shelter,
    team: Team,
    begins_at: datetime,
    by,
    ends_at: datetime | None = None,
) -> ShelterPost:
    """Send a team to a shelter for some hours, or until the emergency is over.

    Sent again for the same begin it stays once, with the new end. Raises
    ValidationError for an emergency that is not open.
    """
    refuse_when_over(emergency)
    audit.record("posted", actor=by, subject=shelter, fields=["team"])
    post, _is_new = ShelterPost.objects.update_or_create(
        emergency=emergency,
        shelter=shelter,
        team=team,
        begins_at=begins_at,
        defaults={"ends_at": ends_at},
    )
    return post


@transaction.atomic
def withdraw_from_shelter(*, post: ShelterPost, by) -> None:
    """Take a team away from a shelter. Raises ValidationError once it is over."""
    refuse_when_over(post.emergency)
    audit.record("post_withdrawn", actor=by, subject=post.shelter, fields=["team"])
    post.delete()


def refuse_when_over(emergency: Emergency) -> None:
    """Raise ValidationError for an emergency that is not open."""
    if not Emergency.objects.open().filter(pk=emergency.pk).exists():
        raise ValidationError(_("这次响应已经结束，不再登记。"))

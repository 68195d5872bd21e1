"""Who answers for which building while an emergency is open."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from communities.models import Building
from safety.models import BuildingPost, Emergency
from toolkit import audit


@transaction.atomic
def assign_building(
    *, emergency: Emergency, building: Building, by, worker=None, team=None
) -> BuildingPost | None:
    """Give a building to a worker and a team; to nobody takes it back.

    Raises ValidationError for an emergency that is not open.
    """
    if not Emergency.objects.open().filter(pk=emergency.pk).exists():
        raise ValidationError(_("这次响应已经结束，不再登记。"))
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

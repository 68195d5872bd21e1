"""Changing a team: what its registered number was is kept with the day."""

from django.db import transaction

from volunteers.models import MemberChange, Team


@transaction.atomic
def save_team(team: Team, *, by=None) -> None:
    """Write a team; another registered number counts from today."""
    stored = Team.objects.filter(pk=team.pk).values_list("members", flat=True).first()
    team.save()
    if stored is not None and stored != team.members:
        MemberChange.objects.create(team=team, old=stored, new=team.members, by=by)

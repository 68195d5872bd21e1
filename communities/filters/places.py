"""The filter by community of registers that belong to a unit."""

import django_filters
from django.utils.translation import gettext_lazy as _

from communities.models import Community


class CommunityFilter(django_filters.ModelChoiceFilter):
    """Keep rows of one community or village; `unit` is the way to their unit."""

    def __init__(self, unit: str = "org_unit"):
        super().__init__(
            f"{unit}__community",
            queryset=Community.objects.all(),
            label=_("社区（村）"),
        )

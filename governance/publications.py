from collections.abc import Iterable
from datetime import datetime, time

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.models import Disclosure
from toolkit.publications import Entry, Source, add


def entries(disclosures) -> Iterable[Entry]:
    """Return disclosures as the search and the map of the site show them."""
    rows = disclosures.values_list(
        "pk", "title", "matter__second_level", "org_unit__name", "published_on"
    )
    for pk, title, matter, unit, day in rows:
        url = reverse("portal:disclosed", args=[pk])
        at = timezone.make_aware(datetime.combine(day, time.min))
        yield Entry(title, url, matter, unit, at)


add(
    Source(
        slug="disclosure",
        label=_("居务公开"),
        short_label=pgettext_lazy("导航", "公开"),
        rows=lambda now: Disclosure.objects.published().newest_first(),
        entries=entries,
        searched=("title", "body", "matter__second_level"),
        url_name="portal:disclosure",
        order=20,
    )
)

from collections.abc import Iterable

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from notices.models import Notice
from toolkit.publications import Entry, Source, add


def entries(notices) -> Iterable[Entry]:
    """Return notices as the search and the map of the site show them."""
    rows = notices.values_list("pk", "title", "gist", "org_unit__name", "publish_at")
    for pk, title, gist, unit, published_at in rows:
        url = reverse("portal:notice", args=[pk])
        yield Entry(title, url, gist, unit, published_at)


add(
    Source(
        slug="notices",
        label=_("通知公告"),
        short_label=pgettext_lazy("导航", "通知"),
        rows=lambda now: Notice.objects.published(now).newest_first(),
        entries=entries,
        searched=("title", "gist", "body"),
        url_name="portal:notices",
        order=10,
        indexed=Q(lists_people=False),
    )
)

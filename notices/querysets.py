"""Which notices are public at a moment, and which concern a unit."""

from datetime import datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, Exists, Max, Min, OuterRef, Q, When
from django.utils import timezone

from communities.models import OrgUnit
from communities.scoping import Scope, ScopedQuerySet, scope_of
from toolkit.models import HistoryEntry

# Lines of history that tell of the content, not of the way of a notice. A save without
# a change has left a line too, in former times.
WRITING = Q(verb__in=("created", "attached", "detached", "addressed")) | (
    Q(verb="changed") & ~Q(changes=[])
)


def bounds_of_year(year: int) -> tuple[datetime, datetime]:
    """Return the first moment of a year and of the next one, in the office's time."""
    zone = timezone.get_default_timezone()
    return datetime(year, 1, 1, tzinfo=zone), datetime(year + 1, 1, 1, tzinfo=zone)


class NoticeQuerySet(ScopedQuerySet):
    """Notices by what may be seen of them, in words."""

    def published(self, now: datetime | None = None):
        """Notices that the public sees at the moment: begun, and not yet ended."""
        now = now or timezone.now()
        return self.filter(
            Q(expires_at=None) | Q(expires_at__gt=now),
            status="published",
            publish_at__lte=now,
        )

    def newest_first(self):
        """The order of the public list: pinned ones on top, then the newest."""
        return self.order_by("-is_pinned", "-publish_at", "-pk")

    def emergencies(self):
        """Notices that every public page shows as a banner, as far as there is room."""
        return self.filter(is_emergency=True)

    def street_first(self):
        """What the street says on top, then what its communities say."""
        is_local = Case(
            When(org_unit__level=OrgUnit.Level.STREET, then=False), default=True
        )
        return self.order_by(is_local, "-is_pinned", "-publish_at", "-pk")

    def published_in_year(self, year: int):
        """Notices whose time of publication lies in the year."""
        start, end = bounds_of_year(year)
        return self.filter(publish_at__gte=start, publish_at__lt=end)

    def concerning(self, org_unit):
        """Notices addressed to the unit, to one above it or to one below it."""
        steps = org_unit.path.strip("/").split("/")
        units = OrgUnit.objects.filter(
            Q(code__in=steps) | Q(path__startswith=org_unit.path)
        )
        addressed = self.model.audience.through.objects.filter(
            notice=OuterRef("pk"), orgunit__in=units.values("pk")
        )
        return self.filter(Exists(addressed))

    def waiting_for(self, user):
        """Notices to review that the user may publish: never one's own."""
        return self.in_review(scope_of(user, "notices.publish_notice"), user.pk)

    def in_review(self, scope: Scope, reader: int):
        """Notices of a part of the street to review that the reader did not write."""
        own = self.model.objects.written_by(reader)
        return (
            self.filter(status="review")
            .in_scope(scope)
            .exclude(pk__in=own.values("pk"))
        )

    @staticmethod
    def writers_of(notice) -> set[int]:
        """Return the keys of those who drafted the notice or changed its content."""
        kind = ContentType.objects.get_for_model(notice)
        changes = HistoryEntry.objects.filter(
            WRITING, content_type=kind, object_id=notice.pk, by__isnull=False
        )
        keys = changes.order_by().values_list("by", flat=True)
        return {notice.author_id, notice.edited_by_id, *keys} - {None}

    def written_by(self, user: int):
        """Notices that the user of a key drafted or changed, however long ago.

        Whoever saves after him, or sends the notice back, does not make it another's.
        """
        kind = ContentType.objects.get_for_model(self.model)
        changes = HistoryEntry.objects.filter(WRITING, content_type=kind, by=user)
        changed = Q(pk__in=changes.values("object_id"))
        return self.filter(Q(author=user) | Q(edited_by=user) | changed)

    def ended_before(self, now: datetime, days: int):
        """Published notices whose time was over for so many days."""
        return self.filter(
            status="published", expires_at__lte=now - timedelta(days=days)
        )

    def turning_points(self, now: datetime) -> tuple[datetime | None, datetime | None]:
        """Return the last moment up to now, and the next, at which the list changes."""
        sealed = self.filter(status="published")
        begun, ended = Q(publish_at__lte=now), Q(expires_at__lte=now)
        moments = sealed.aggregate(
            last_begin=Max("publish_at", filter=begun),
            last_end=Max("expires_at", filter=ended),
            next_begin=Min("publish_at", filter=~begun),
            next_end=Min("expires_at", filter=Q(expires_at__gt=now)),
        )
        last = [moments["last_begin"], moments["last_end"]]
        coming = [moments["next_begin"], moments["next_end"]]
        return max(filter(None, last), default=None), min(
            filter(None, coming), default=None
        )

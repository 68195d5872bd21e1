"""Two people before anything is public: who wrote a row never approves it."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from notices.querysets import WRITING
from toolkit.models import HistoryEntry


def has_written(row: Model, by) -> bool:
    """Whether the person registered the row or changed it, however long ago."""
    if by is None:
        return False
    kind = ContentType.objects.get_for_model(row)
    lines = HistoryEntry.objects.filter(WRITING, content_type=kind, object_id=row.pk)
    first = getattr(row, "author_id", None) or getattr(row, "handler_id", None)
    return by.pk == first or lines.filter(by=by).exists()

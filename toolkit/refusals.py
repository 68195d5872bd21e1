"""Refusals: as the answer of a page, and in the audit trail.

    raise Denied("notices.change_notice", notice)
    raise not_found(user, "visits.view_visit", Visit.objects.filter(pk=pk))

What a view raises, `PolicyMiddleware` writes down once its transactions are undone.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from toolkit import audit


@contextmanager
def as_bad_request() -> Iterator[None]:
    """Turn a ValidationError into a 400 page that shows its first sentence."""
    try:
        yield
    except ValidationError as refusal:
        raise BadRequest(refusal.messages[0]) from refusal


class Denied(PermissionDenied):
    """A refusal that knows which function was refused, and on which row."""

    def __init__(self, permission: str, subject=None):
        super().__init__()
        self.permission, self.subject = permission, subject


class OutOfReach(Http404):
    """A row that is there, but not for this person; he is told what others are."""

    def __init__(self, words: str, permission: str, subject):
        super().__init__(words)
        self.permission, self.subject = permission, subject


def not_found(user, permission: str, rows: QuerySet, words: str = "") -> Http404:
    """Return the 404 for a row that a person cannot reach.

    `rows` are those that the address names, whoever may see them. The answer is the
    same whether there are any; the trail tells of one that lies out of reach.
    """
    words = words or _("这条记录不存在，或不在您的工作范围。")
    row = rows.first()
    if row is None or user.has_perm(permission, row):
        return Http404(words)
    return OutOfReach(words, permission, row)


def record_refusal(failure: Exception, purpose: str = "") -> None:
    """Write down a refusal that a view raised; `purpose` serves one that names none."""
    if isinstance(failure, PermissionDenied | OutOfReach):
        audit.record(
            "refused",
            subject=getattr(failure, "subject", None),
            purpose=getattr(failure, "permission", purpose),
        )

"""Whether the portal lives, and whether it can do its work."""

from datetime import timedelta

from django.db import DatabaseError, connection
from django.http import HttpResponse, JsonResponse
from django.utils import timezone

from toolkit import chain
from toolkit.holding import held_for
from toolkit.models import Job, UnsealedEvent
from toolkit.policy import public

LATE = timedelta(minutes=5)
HELD_SECONDS = 5


@public
def alive(request):
    """Answer while the process lives."""
    return HttpResponse("ok", content_type="text/plain")


@public
def ready(request):
    """Answer 200 when the database answers and no work is piling up, else 503."""
    checks = checked()
    status = 200 if all(checks.values()) else 503
    return JsonResponse(checks, status=status)


@held_for(HELD_SECONDS)
def checked() -> dict[str, bool]:
    """Return what works. Anybody may ask as often as he likes; it is held a while."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return {"database": True, **lags(timezone.now())}
    except DatabaseError:
        return {"database": False}


def lags(now) -> dict[str, bool]:
    """Return whether jobs are taken up, and the audit trail is chained and whole."""
    waiting = Job.objects.filter(state=Job.State.WAITING, created_at__lt=now - LATE)
    unsealed = UnsealedEvent.objects.filter(at__lt=now - LATE)
    chained = not unsealed.exists() and not chain.is_cut()
    return {"jobs": not waiting.exists(), "audit": chained}

"""Which version of a visit somebody saw: a mark of all that a correction may touch.

A phone gets it with the receipt of a visit and bases its corrections on it. It tells
nothing of the visit. What others do after it, such as keeping its appointment, makes no
other version.
"""

import json
from collections.abc import Iterable
from datetime import UTC

from django.utils.crypto import salted_hmac

from communities.models import Resident
from visits.models import Visit

SALT = "visits.versions"


def version_of(visit: Visit, met: Iterable[Resident]) -> str:
    """Return the version of a visit, `met` being who of a household was met.

    Keyed with the secret of the installation, since a short note could be guessed.
    """
    told = [
        visit.method,
        visit.outcome,
        visit.visited_at.astimezone(UTC).isoformat(),
        visit.note,
        visit.follow_up_on and visit.follow_up_on.isoformat(),
        sorted(one.pk for one in met) if visit.household_id else [],
    ]
    text = json.dumps(told, ensure_ascii=False)
    return salted_hmac(SALT, text, algorithm="sha256").hexdigest()[:32]

from datetime import datetime

from django.utils import timezone

from governance.disclosing.owed import draw_up
from toolkit.duties import duty


@duty("disclosure-duties")
def draw_up_disclosures(now: datetime) -> int:
    """Write down what units owe of periods that are over by now (T02, T21)."""
    return draw_up(timezone.localdate(now))

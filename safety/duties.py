"""What the safety app does as days pass."""

from datetime import datetime

from safety.actions import destroy_due
from toolkit.duties import duty


@duty("emergency-destruction")
def destroy_what_was_collected(now: datetime) -> int:
    """Destroy the rolls whose day has come (突发事件应对法 2024, 85), however late."""
    return destroy_due(now)

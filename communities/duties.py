from communities.roster.endings import (
    expire_imports,
    release_given_up,
    wipe_strays,
)
from toolkit.duties import duty


@duty("roster-expiry")
def wipe_old_rosters(now) -> int:
    """Remove roster files that nobody has committed for a week, and lost ones."""
    return expire_imports(now) + wipe_strays(now)


@duty("roster-release")
def release_stuck_rosters(now) -> int:
    """Give imports back to their clerks where the worker had to give up."""
    return release_given_up(now)

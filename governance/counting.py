"""The end of a vote: counted, found valid or not, and told in the history."""

from django.db import transaction

from governance.ballots import Paper
from governance.meeting_actions import count_votes
from governance.models import Motion
from governance.workflows import MotionWorkflow
from toolkit import formats


@transaction.atomic
def close_vote(*, motion: Motion, paper: Paper, by) -> Motion:
    """Count a vote and take the motion to its next step.

    Raises ValidationError as `count_votes`; nothing is written then.
    """
    motion = count_votes(motion=motion, paper=paper, by=by)
    told = formats.sentences([f"{motion.votes}。", motion.finding])
    return MotionWorkflow.apply(motion, "count", by=by, note=told)

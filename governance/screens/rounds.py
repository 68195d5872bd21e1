"""The part of a page that tells of one round: its ballots, and who got how many."""

from django.utils.translation import gettext as _

from governance.models import BallotCount
from governance.outcome import standing_of
from toolkit import formats

ROUND = "governance/_round.html"


def round_section(count: BallotCount) -> dict:
    """One round: ballots, and what each candidate got, with the sentence of the law."""
    found = standing_of(count.election)
    told = next((one for one in found.rounds if one.count == count), None)
    votes = count.votes.select_related("candidate").order_by(
        "candidate__order", "-number", "pk"
    )
    won = {line.candidate.pk: line for line in told.lines} if told else {}
    is_met = told is not None and told.turnout.is_met
    lines = [
        {
            "post": one.candidate.get_post_display(),
            "name": one.candidate.name,
            "votes": formats.count(one.number),
            "state": state_of(won.get(one.candidate_id)),
            "why": why_of(won.get(one.candidate_id)) if is_met else "",
        }
        for one in votes
    ]
    return {
        "title": _("第%(round)d轮计票") % {"round": count.round},
        "note": count.get_status_display(),
        "template": ROUND,
        "context": {
            "lines": lines,
            "ballots": count.ballots_words,
            "url": count.get_absolute_url(),
        },
    }


def state_of(line) -> str:
    if line is None:
        return formats.state(_("待复核"), "wait")
    if line.is_elected:
        return formats.state(_("当选"), "done")
    return formats.state(_("未当选"))


def why_of(line) -> str:
    return line.check.sentence if line else ""

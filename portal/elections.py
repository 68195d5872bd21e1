"""Elections as residents read them: days, candidates, result; of voters nothing."""

from datetime import timedelta

from django.utils.translation import gettext as _

from governance.models import Election, ElectionStatus
from governance.outcome import result_words, standing_of
from portal.directory import Directory
from toolkit import formats

# So long after the vote an election stays on the site.
SHOWN_FOR = timedelta(days=365)
SHOWN = 40
WITH_CANDIDATES = (ElectionStatus.NOMINATED, ElectionStatus.ANNOUNCED)
TONES = {"listed": "open", "frozen": "open", "nominated": "wait", "announced": "done"}


def shown_elections(known: Directory, today, unit=None) -> list[dict]:
    """Return the elections of the last year and those to come, the newest first."""
    rows = Election.objects.published().filter(held_on__gte=today - SHOWN_FOR)
    if unit is not None:
        rows = rows.filter(org_unit_id=unit.pk)
    rows = rows.select_related("body", "org_unit")
    return [shown_line(one, known) for one in rows[:SHOWN]]


def shown_line(election: Election, known: Directory) -> dict:
    place = known.at(election.org_unit.path)
    return {
        "pk": election.pk,
        "title": str(election),
        "unit": place.name if place else "",
        "day": formats.cn_date(election.held_on),
        "state": formats.state(
            election.get_status_display(), TONES.get(election.status, "")
        ),
    }


def shown_days(election: Election) -> list[dict]:
    """Return the days of the election that have been set, in their order."""
    days = (
        (_("公布选民名单"), election.list_published_on),
        (_("公布候选人"), election.candidates_published_on),
        (_("候选人与居民见面"), election.met_on),
        (_("投票、公开计票"), election.held_on),
        (_("公布选举结果"), election.announced_on),
    )
    return [{"label": label, "day": formats.cn_date(day)} for label, day in days if day]


def shown_candidates(election: Election) -> list[dict]:
    """Return who stands for which post; nobody before they are announced."""
    if election.status not in WITH_CANDIDATES:
        return []
    return [
        {"post": one.get_post_display(), "name": one.name, "about": one.about}
        for one in election.candidates.standing()
    ]


def shown_result(election: Election) -> dict | None:
    """Return the announced result with its arithmetic, None before."""
    if election.status != ElectionStatus.ANNOUNCED:
        return None
    standing = standing_of(election)
    return {
        "words": result_words(standing, election),
        "rounds": [
            {
                "title": _("第%(round)d轮") % {"round": told.count.round},
                "ballots": told.count.ballots_words,
                "lines": [
                    {
                        "post": line.candidate.get_post_display(),
                        "name": line.candidate.name,
                        "votes": formats.count(line.votes),
                        "state": state_of(line.is_elected),
                    }
                    for line in told.lines
                ],
            }
            for told in standing.rounds
        ],
    }


def state_of(is_elected: bool) -> str:
    if is_elected:
        return formats.state(_("当选"), "done")
    return formats.state(_("未当选"))

"""In which order applicants stand, and who is asked to the next round.

Two of the same mark share a place and the next place is left out: 1, 2, 2, 4.
"""

from collections.abc import Callable, Iterable
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from governance.models import Applicant, Recruitment, Step

# Stands behind every mark, 0 included.
NO_MARK = Decimal(-1)


class Place(NamedTuple):
    """A applicant with his place."""

    number: int
    applicant: Applicant


def places(applicants: Iterable[Applicant], key: Callable) -> list[Place]:
    """Return the applicants, the best first, each with his place."""
    ordered = sorted(applicants, key=lambda one: one.number)
    ordered.sort(key=key, reverse=True)
    found: list[Place] = []
    for _mark, group in groupby(ordered, key):
        number = len(found) + 1
        found += [Place(number, one) for one in group]
    return found


def total_key(applicant: Applicant) -> tuple:
    """Return by what totals are ordered: the total, the rule for ties, a further test.

    Everybody in it has both marks.
    """
    by_interview = applicant.recruitment.tie == Recruitment.Tie.INTERVIEW
    first = applicant.interview if by_interview else applicant.written_result
    extra = NO_MARK if applicant.extra is None else applicant.extra
    return applicant.total, first, extra


def written_places(applicants: Iterable[Applicant]) -> list[Place]:
    """Return the places after the written test, of those who have a mark."""
    marked = [one for one in applicants if one.written is not None]
    return places(marked, lambda one: one.written_result)


def total_places(applicants: Iterable[Applicant]) -> list[Place]:
    """Return the places after the interview, of those who have both marks."""
    return places([one for one in applicants if one.total is not None], total_key)


def asked_to_interview(
    recruitment: Recruitment, applicants: Iterable[Applicant]
) -> set[int]:
    """Return the keys of those who are asked: so many for each post, ties with them.

    Nobody is asked whose paper is below the pass mark, whatever his bonus points.
    """
    passed = [
        one
        for one in applicants
        if one.written is not None and one.written >= recruitment.written_pass
    ]
    most = recruitment.quota * recruitment.ratio
    return {
        place.applicant.pk for place in written_places(passed) if place.number <= most
    }


def passed_interview(
    recruitment: Recruitment, applicants: Iterable[Applicant]
) -> list[Place]:
    """Return the places of those whose interview reaches the pass mark."""
    marked = [one for one in applicants if one.total is not None]
    return total_places(
        one for one in marked if one.interview >= recruitment.interview_pass
    )


def tied_at(ordered: list[Place], count: int) -> list[Applicant]:
    """Return those who share a place across the line behind so many, [] for none."""
    if not 0 < count < len(ordered):
        return []
    last, first_out = ordered[count - 1], ordered[count]
    if last.number != first_out.number:
        return []
    return [one.applicant for one in ordered if one.number == last.number]


def next_up(applicants: Iterable[Applicant]) -> list[Applicant]:
    """Return who comes next of those who wait; several where they stand level."""
    waiting = total_places(one for one in applicants if one.status == Step.WAITING)
    return [one.applicant for one in waiting if one.number == 1]

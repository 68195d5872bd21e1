"""What a rule asked for at which moment: a change never re-dates what was owed."""

from datetime import date, datetime, timedelta

from visits.intervals import midnight
from visits.models import FormerTerms, VisitRule

ONE_DAY = timedelta(days=1)


class TermsOverTime:
    """The terms of a rule, those of today and those of before."""

    def __init__(self, rule: VisitRule):
        self.rule = rule
        self.former = sorted(rule.former_terms.all(), key=lambda one: one.until)

    def at(self, moment: datetime) -> VisitRule | FormerTerms:
        """Return the terms by which a visit at the moment leads to the next one."""
        return next((one for one in self.former if moment < one.until), self.rule)

    def next_after(self, day: date) -> date:
        """Return the due day that follows one on which nobody was met."""
        return self.at(midnight(day + ONE_DAY)).next_after(day)

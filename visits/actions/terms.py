from django.utils import timezone

from visits.models import FormerTerms, VisitRule

TERMS = ("interval", "interval_unit", "extra_within_hours")


def keep_terms(rule: VisitRule) -> FormerTerms | None:
    """Keep what a rule asks for until now, before other terms are saved over it.

    Returns None where the terms stay as they are, and for a new rule.
    """
    stored = VisitRule.objects.filter(pk=rule.pk).values(*TERMS).first()
    if stored is None or stored == {name: getattr(rule, name) for name in TERMS}:
        return None
    return FormerTerms.objects.create(rule=rule, until=timezone.now(), **stored)

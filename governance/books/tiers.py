"""Who approves a voucher of an amount, by the table that the office keeps."""

from decimal import Decimal

from communities.models import OrgUnit
from governance.models import ApprovalTier


def tier_for(unit: OrgUnit, amount: Decimal) -> ApprovalTier | None:
    """Return the tier of an amount in yuan: the highest that begins at or below it.

    Of two that begin at the same amount the unit's own counts, then the one of its law.
    None where the table is empty.
    """
    rows = ApprovalTier.objects.for_unit(unit).filter(least__lte=amount)
    found = list(rows.select_related("org_unit"))
    return max(found, key=lambda one: rank(one, unit), default=None)


def rank(tier: ApprovalTier, unit: OrgUnit) -> tuple:
    return tier.least, tier.org_unit_id == unit.pk, tier.profile == unit.rule_profile

"""The catalogue of publication and the tiers of approval with which a street begins."""

import tomllib
from decimal import Decimal
from pathlib import Path

from django.utils import timezone

from communities.models import OrgUnit
from governance.models import ApprovalTier, Matter
from toolkit.reference import reference

DATA = Path(__file__).parent / "data" / "matters.toml"
USUAL = {
    "publisher": "社区居民委员会（村民委员会）",
    "channels": "公开栏、街道社区治理平台",
    "level": "社区（村）",
}
TIMES = {
    "month": "社区：当月结束后20个工作日内；村：每月一次",
    "event": "社区：形成后20个工作日内；村：当日",
}
USUAL_TIME = "社区：本期结束后20个工作日内；村：每季度一次"


@reference("disclosure", order=60)
def load_disclosure() -> int:
    """Give every street a catalogue and tiers, unless it has some; return how many.

    Whoever has edited or closed any of them keeps what he has.
    """
    data = tomllib.loads(DATA.read_text(encoding="utf-8"))
    made = 0
    for street in OrgUnit.objects.filter(level=OrgUnit.Level.STREET):
        if not Matter.objects.filter(org_unit=street).exists():
            made += len(Matter.objects.bulk_create(matters_of(street, data["matter"])))
        if not ApprovalTier.objects.filter(org_unit=street).exists():
            rows = [
                ApprovalTier(org_unit=street, **one | {"least": Decimal(one["least"])})
                for one in data["tier"]
            ]
            made += len(ApprovalTier.objects.bulk_create(rows))
    return made


def matters_of(street: OrgUnit, declared: list[dict]) -> list[Matter]:
    """Return the catalogue; its duties begin with this year."""
    begin = timezone.localdate().replace(month=1, day=1)
    return [
        Matter(
            org_unit=street,
            number=number,
            starts_on=begin,
            **{"time_limit": TIMES.get(one["cadence"], USUAL_TIME)} | USUAL | one,
        )
        for number, one in enumerate(declared, start=1)
    ]

"""Demo greenery: small spots squeezed into the old town over the last year."""

from datetime import timedelta
from decimal import Decimal

from communities.models import Community
from ecology.models import Greenery
from toolkit.demo import DemoPlan, demo

PLACES = ("凤山巷口", "菜巷中段", "范大桥路东侧", "南城路转角", "环城河边", "菜场后墙")
KEEPERS = ("绿叶志愿队", "居民小组", "沿街商户", "学校少先队", "")
SPOTS = 64


@demo("greenery", order=74)
def load_greenery(plan: DemoPlan) -> str:
    """Plant spots of a few square metres across the units."""
    units, kinds = list(Community.objects.order_by("code")), list(Greenery.Kind)
    spots = [
        Greenery(
            org_unit=units[number % len(units)],
            place=plan.random.choice(PLACES),
            kind=plan.random.choice(kinds),
            area=Decimal(plan.random.randrange(20, 220)) / 10,
            planted_on=plan.today - timedelta(days=plan.random.randrange(1, 330)),
            keeper=plan.random.choice(KEEPERS),
        )
        for number in range(SPOTS)
    ]
    Greenery.objects.bulk_create(spots)
    return f"{len(spots)} green spots"

"""Demo service points: a few in every unit, all six needs over the street."""

from datetime import timedelta
from random import Random

from communities.demo.places import short_name
from communities.models import Community
from services import ledgers
from services.models import ServicePoint
from toolkit.demo import DemoPlan, demo
from visits.demo.entries import fill_ledger

POINTS = {
    ServicePoint.Need.CLOTHING: (
        "缝补洗衣点",
        "周一至周六 8:00—17:30",
        "60 岁以上八折",
    ),
    ServicePoint.Need.FOOD: (
        "老年食堂",
        "每天 10:30—12:30、16:30—18:00",
        "80 岁以上减 2 元",
    ),
    ServicePoint.Need.HOUSING: ("水电维修点", "每天 8:00—20:00", "低保户免上门费"),
    ServicePoint.Need.TRAVEL: ("代步车充电点", "全天", ""),
    ServicePoint.Need.MEDICINE: (
        "健康小屋",
        "周一至周五 8:30—16:30",
        "量血压、测血糖免费",
    ),
    ServicePoint.Need.LEARNING: ("社区书屋", "周二至周日 9:00—17:00", "免费借阅"),
}
LANES = ("凤山巷", "菜巷", "范大桥路", "南城路")
PER_UNIT = 4
GOODS = ("大米一袋、食用油一桶", "棉被一床", "水果一箱", "")
AMOUNTS = (200, 200, 200, 300, 500)
OCCASIONS = ("illness", "hardship", "double-ninth", "other")


@demo("service-points", order=72)
def load_service_points(plan: DemoPlan) -> str:
    """Give every unit some of the six kinds, in turn."""
    needs, points = list(POINTS), []
    for number, unit in enumerate(Community.objects.order_by("code")):
        for step in range(PER_UNIT):
            need = needs[(number + step) % len(needs)]
            name, hours, discount = POINTS[need]
            door = plan.random.randrange(1, 90)
            points.append(
                ServicePoint(
                    org_unit=unit,
                    name=f"{short_name(unit.name)}{name}",
                    need=need,
                    address=f"{plan.random.choice(LANES)}{door}号",
                    hours=hours,
                    phone=f"0577-0000{2000 + len(points):04d}",
                    discount=discount,
                    opened_on=plan.today
                    - timedelta(days=plan.random.randrange(30, 2500)),
                )
            )
    ServicePoint.objects.bulk_create(points)
    return f"{len(points)} service points"


@demo("service-ledgers", order=76)
def load_ledgers(plan: DemoPlan) -> str:
    """Enter visits as what services keep ledgers of."""
    told = (
        (ledgers.CONDOLENCE, 60, condolence),
        (ledgers.ELDERLY, 4, lambda random: {}),
        (ledgers.LOW_INCOME, 4, income),
        (ledgers.VOLUNTEERS, 120, hours),
    )
    lines = [
        fill_ledger(plan, one, every=every, tell=tell) for one, every, tell in told
    ]
    return ", ".join(lines)


def condolence(random: Random) -> dict:
    return {
        "category": random.choice(OCCASIONS),
        "amount": random.choice(AMOUNTS),
        "text": random.choice(GOODS),
        "receipt": "本人签收",
    }


def income(random: Random) -> dict:
    return {"category": random.choice(["same"] * 9 + ["changed"])}


def hours(random: Random) -> dict:
    return {"quantity": random.randrange(1, 4), "minutes": random.choice((30, 45, 60))}

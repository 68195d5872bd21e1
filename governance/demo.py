"""Demo bodies: five in every unit, one past its term, one missing on purpose."""

from datetime import date
from random import Random

from communities.models import Community, OrgUnit
from governance import ledgers
from governance.models import Body
from toolkit.demo import DemoPlan, demo
from visits.demo.entries import fill_ledger

COMMUNITY_NAMES = {
    Body.Kind.PARTY: "党总支",
    Body.Kind.CONGRESS: "居民代表会议",
    Body.Kind.COUNCIL: "议事协商委员会",
    Body.Kind.COMMITTEE: "居民委员会",
    Body.Kind.SUPERVISION: "居务监督委员会",
}
VILLAGE_NAMES = COMMUNITY_NAMES | {
    Body.Kind.CONGRESS: "村民代表会议",
    Body.Kind.COMMITTEE: "村民委员会",
    Body.Kind.SUPERVISION: "村务监督委员会",
}
SUGGESTIONS = (
    "巷口加一盏路灯",
    "菜市场门口的台阶装扶手",
    "老年食堂送餐上门",
    "垃圾桶移远一点",
)
HEADS = [
    "陈国强",
    "林爱华",
    "黄建平",
    "吴秀英",
    "李志明",
    "王海燕",
    "张小红",
    "周德福",
    "徐丽娟",
    "叶大海",
]


@demo("bodies", order=71)
def load_bodies(plan: DemoPlan) -> str:
    """Give every community and village its organisations."""
    units = list(Community.objects.order_by("code"))
    bodies = []
    for number, unit in enumerate(units):
        names = (
            VILLAGE_NAMES if unit.level == OrgUnit.Level.VILLAGE else COMMUNITY_NAMES
        )
        # The last of the row has no supervision committee: the gap should be seen.
        kinds = list(names)[: 4 if number == len(units) - 1 else 5]
        # Nobody supervises what he or she heads.
        heads = plan.random.sample(HEADS, len(kinds))
        year = plan.today.year - (5 if number == 7 else 2)
        bodies += [
            Body(
                org_unit=unit,
                kind=kind,
                name=f"{unit.name}{names[kind]}",
                founded_on=date(year, 10, 20),
                term_ends_on=date(year + 5, 10, 19),
                document=f"玉街〔{year}〕{20 + number}号",
                head=head,
            )
            for kind, head in zip(kinds, heads, strict=True)
        ]
    Body.objects.bulk_create(bodies)
    return f"{len(bodies)} bodies"


@demo("suggestions", order=78)
def load_suggestions(plan: DemoPlan) -> str:
    """Enter some visits as ones in which something was proposed."""
    return fill_ledger(plan, ledgers.SUGGESTION, every=150, tell=suggestion)


def suggestion(random: Random) -> dict:
    return {"text": random.choice(SUGGESTIONS)}

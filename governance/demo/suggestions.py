"""Demo suggestions: some visits entered as ones in which something was proposed."""

from random import Random

from governance import ledgers
from toolkit.demo import DemoPlan, demo
from visits.demo.entries import fill_ledger

SUGGESTIONS = (
    "巷口加一盏路灯",
    "菜市场门口的台阶装扶手",
    "老年食堂送餐上门",
    "垃圾桶移远一点",
)


@demo("suggestions", order=78)
def load_suggestions(plan: DemoPlan) -> str:
    """Enter some visits as ones in which something was proposed."""
    return fill_ledger(plan, ledgers.SUGGESTION, every=150, tell=suggestion)


def suggestion(random: Random) -> dict:
    return {"text": random.choice(SUGGESTIONS)}

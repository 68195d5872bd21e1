"""Demo shelters: a school or a hall in every unit."""

from communities.demo.places import short_name
from communities.models import Community
from safety.models import Shelter
from toolkit.demo import DemoPlan, demo

KINDS = (
    ("小学体育馆", 260),
    ("文化礼堂", 120),
    ("老年活动中心", 60),
    ("中学风雨操场", 400),
)
CONTACTS = ("陈国权", "林小燕", "黄一平", "吴丽丽", "周志坚", "徐素云")


@demo("shelters", order=76)
def load_shelters(plan: DemoPlan) -> str:
    """Open a shelter in every unit."""
    shelters = []
    for number, unit in enumerate(Community.objects.order_by("code")):
        kind, capacity = KINDS[number % len(KINDS)]
        shelters.append(
            Shelter(
                org_unit=unit,
                name=f"{short_name(unit.name)}{kind}",
                address=f"{short_name(unit.name)}街{plan.random.randrange(2, 90)}号",
                capacity=capacity,
                contact=CONTACTS[number % len(CONTACTS)],
                phone=f"0577-0000{1400 + number:04d}",
                # The headmaster of one school has not agreed yet.
                is_public=number % 6 != 5,
                about="有备用电源，一楼无障碍。" if number % 3 == 0 else "",
            )
        )
    Shelter.objects.bulk_create(shelters)
    return f"{len(shelters)} shelters"

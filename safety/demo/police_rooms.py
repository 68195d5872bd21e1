"""Demo police rooms: one in every unit, one posting about to end."""

from datetime import timedelta
from random import Random

from communities.models import Community
from safety import ledgers
from safety.models import PoliceRoom
from toolkit.demo import DemoPlan, demo
from visits.demo.entries import fill_ledger

OFFICERS = [
    "黄海峰",
    "陈志远",
    "林晓东",
    # The demo's own policeman, in the community of its staff.
    "叶建国",
    "吴志强",
    "李建军",
    "王永平",
    "张伟民",
    "周建平",
    "徐光明",
    "郑国华",
    "蔡志成",
    "潘海波",
    "项建新",
    "金永康",
    "谢文斌",
    "朱国平",
    "戴晓峰",
]
LANES = ("凤山巷", "菜巷", "范大桥路", "南城路")
HAZARDS = (
    ("gas", "燃气软管老化，已提醒更换"),
    ("e-bike", "楼道里给电动车充电"),
    ("fire-lane", "楼梯口堆了纸箱"),
    ("wiring", "插线板发黑，接了三个电暖器"),
    ("building", "阳台栏杆松动"),
)
DISPUTES = (
    "和楼上为漏水争吵，两家都愿意调解",
    "楼下棋牌室夜里吵，几户有意见",
    "兄弟二人为赡养老人起争执",
)


@demo("police-rooms", order=75)
def load_police_rooms(plan: DemoPlan) -> str:
    """Open a room in every unit and post an officer to it."""
    rooms = []
    for number, unit in enumerate(Community.objects.order_by("code")):
        ends = plan.today + timedelta(days=20 if number == 5 else 400 + 9 * number)
        rooms.append(
            PoliceRoom(
                org_unit=unit,
                address=f"{LANES[number % len(LANES)]}{plan.random.randrange(2, 80)}号",
                hours="周一至周五 8:30—17:30",
                officer=OFFICERS[number % len(OFFICERS)],
                officer_post=["警长", "副警长", "民警"][number % 3],
                badge=f"{417 + number:06d}",
                phone=f"0577-0000{1100 + number:04d}",
                posted_since=plan.today - timedelta(days=300 + 11 * number),
                posted_until=ends,
            )
        )
    PoliceRoom.objects.bulk_create(rooms)
    return f"{len(rooms)} police rooms"


@demo("safety-ledgers", order=77)
def load_ledgers(plan: DemoPlan) -> str:
    """Enter some visits as hazards and as clues of disputes."""
    lines = [
        fill_ledger(plan, ledgers.HAZARD, every=90, tell=hazard),
        fill_ledger(plan, ledgers.DISPUTE_CLUE, every=240, tell=dispute),
    ]
    return ", ".join(lines)


def hazard(random: Random) -> dict:
    return dict(zip(("category", "text"), random.choice(HAZARDS), strict=True))


def dispute(random: Random) -> dict:
    return {"text": random.choice(DISPUTES)}

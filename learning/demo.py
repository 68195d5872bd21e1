"""Demo sessions: a year of citizen schools, with a month missed here and there, and
what is planned for the weeks to come.
"""

from datetime import date, time, timedelta

from communities.models import Community
from learning.models import SchoolSession
from toolkit.demo import DemoPlan, demo

Topic = SchoolSession.Topic
TITLES = (
    ("手机挂号和缴费", Topic.SKILLS, "陈老师（社区工作者）"),
    ("冬季用电安全", Topic.SAFETY, "黄队长（消防救援站）"),
    ("老年人防诈骗", Topic.SAFETY, "叶警官（社区民警）"),
    ("高血压怎么管", Topic.HEALTH, "林医生（社区卫生服务中心）"),
    ("民法典里的邻里关系", Topic.LAW, "周律师（社区法律顾问）"),
    ("瑞安鼓词欣赏", Topic.CULTURE, "吴老师（文化馆）"),
    ("家风家训故事会", Topic.ETHICS, "徐校长（退休教师）"),
    ("医保政策讲解", Topic.AFFAIRS, "蔡科长（医保经办）"),
)
MONTHS = 12
# How far ahead sessions are planned.
PLANNED_DAYS = 30


@demo("school-sessions", order=73)
def load_school_sessions(plan: DemoPlan) -> str:
    """Hold about one session a month in every unit over the last year."""
    sessions = []
    for number, unit in enumerate(Community.objects.order_by("code")):
        first = plan.today.replace(day=1)
        for month in range(MONTHS):
            day = held_day(plan, first)
            first = (first - timedelta(days=1)).replace(day=1)
            missed = (number * 5 + month * 7) % 31 == 0
            if missed or day > plan.today:
                continue
            title, topic, lecturer = plan.random.choice(TITLES)
            sessions.append(
                SchoolSession(
                    org_unit=unit,
                    title=title,
                    topic=topic,
                    held_on=day,
                    place=f"{unit.name}会议室",
                    lecturer=lecturer,
                    attendance=plan.random.randrange(18, 75),
                )
            )
    sessions += planned(plan)
    SchoolSession.objects.bulk_create(sessions)
    return f"{len(sessions)} sessions of citizen schools"


def planned(plan: DemoPlan) -> list[SchoolSession]:
    """Return one session to come in every unit, a few days after one another."""
    sessions = []
    for number, unit in enumerate(Community.objects.order_by("code")):
        title, topic, lecturer = TITLES[number % len(TITLES)]
        sessions.append(
            SchoolSession(
                org_unit=unit,
                title=title,
                topic=topic,
                begins_at=time(14, 30) if number % 3 else time(9, 0),
                ends_at=time(16, 0) if number % 3 else time(10, 30),
                held_on=plan.today + timedelta(days=2 + number * 7 % PLANNED_DAYS),
                place=f"{unit.name}会议室",
                lecturer=lecturer,
            )
        )
    return sessions


def held_day(plan: DemoPlan, first: date) -> date:
    """Return a day of the month for a session."""
    return first.replace(day=plan.random.randrange(3, 27))

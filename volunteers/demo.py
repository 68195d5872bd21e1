"""Demo teams: 92 of them, as the founding document counts (F034)."""

from datetime import timedelta

from communities.demo.places import short_name
from communities.models import Community
from toolkit.demo import DemoPlan, demo
from volunteers.models import Team

TEAMS = 92
NAMES = {
    Team.Kind.PARTY: ("先锋", "上门帮办、节日慰问"),
    Team.Kind.PATROL: ("平安", "夜间巡逻、门窗和用电提醒"),
    Team.Kind.ELDERLY: ("夕阳红", "陪伴独居老人、代买代办"),
    Team.Kind.HEALTH: ("康乐", "量血压、健康讲座"),
    Team.Kind.CULTURE: ("海韵", "越剧、合唱、排舞"),
    Team.Kind.GREEN: ("绿叶", "认养绿地、清理河岸"),
    Team.Kind.MEDIATION: ("和顺", "邻里纠纷劝解"),
    Team.Kind.EMERGENCY: ("磐石", "台风转移、应急值守"),
}
LEADERS = [
    "陈秀兰",
    "林国平",
    "黄素琴",
    "吴建华",
    "李彩云",
    "王美玲",
    "张志远",
    "周丽萍",
    "徐永康",
    "叶文静",
]


@demo("teams", order=70)
def load_teams(plan: DemoPlan) -> str:
    """Spread the teams over the communities, every kind in turn."""
    units = list(Community.objects.order_by("code"))
    kinds = list(NAMES)
    teams = []
    for number in range(TEAMS):
        unit, kind = (
            units[number % len(units)],
            kinds[number // len(units) % len(kinds)],
        )
        word, about = NAMES[kind]
        age = timedelta(days=plan.random.randrange(60, 6000))
        teams.append(
            Team(
                org_unit=unit,
                name=f"{short_name(unit.name)}{word}志愿队",
                kind=kind,
                founded_on=plan.today - age,
                leader=plan.random.choice(LEADERS),
                members=plan.random.randrange(18, 78),
                about=about,
            )
        )
    Team.objects.bulk_create(teams)
    return f"{len(teams)} teams"

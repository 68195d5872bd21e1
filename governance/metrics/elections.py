"""Figures of elections and of changes of term (F021)."""

from django.db.models import Count, F, Sum
from django.utils.translation import gettext_lazy as _

from governance.models import BallotCount, Election, ElectionStatus, TermTransfer
from toolkit.metrics import metric, rate


@metric(
    "governance.elections",
    label=_("已公布结果的选举"),
    sentence=_("举行选举{number}次"),
    unit=_("次"),
    meaning=_("选举日在期内、结果已公布的换届选举和补选。"),
    source="F021",
)
def elections(period):
    return Election.objects.held_in(period)


@metric(
    "governance.election_voters",
    label=_("有投票权人数"),
    unit=_("人次"),
    value=Sum("entitled"),
    meaning=_("结果已公布的选举第一轮投票时有投票权的人数。"),
)
@metric(
    "governance.election_votes",
    label=_("参加投票人数"),
    unit=_("人次"),
    value=Sum("returned"),
    meaning=_("结果已公布的选举第一轮收回的选票数。"),
)
def first_rounds(period):
    return BallotCount.objects.filter(
        period.on("held_on"),
        status=BallotCount.Status.SIGNED,
        round=1,
        election__status=ElectionStatus.ANNOUNCED,
    )


rate(
    "governance.turnout",
    label=_("参选率"),
    part="governance.election_votes",
    whole="governance.election_voters",
    meaning=_("第一轮收回的选票占有投票权人数的比例。"),
    better="up",
)


@metric(
    "governance.transfers",
    label=_("换届工作移交"),
    unit=_("件"),
    meaning=_("新一届委员会在期内产生、应当移交的。"),
    source="F021",
)
def transfers(period):
    return TermTransfer.objects.begun_in(period)


@metric(
    "governance.transfers_in_time",
    label=_("按期完成移交"),
    unit=_("件"),
    value=Count("pk"),
    meaning=_("新一届委员会在期内产生、十日内完成工作移交的。"),
    source="F021",
    better="up",
)
def transfers_in_time(period):
    return transfers(period).filter(done_on__lte=F("due_on"))


rate(
    "governance.transfers_in_time_rate",
    label=_("移交按期率"),
    part="governance.transfers_in_time",
    whole="governance.transfers",
    meaning=_("十日内完成工作移交的占应当移交的比例。"),
    better="up",
)

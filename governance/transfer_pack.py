"""The pack of a change of term: what is handed over, and the papers of the election."""

from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from governance.election_calendar import calendar_of
from governance.models import Election, ElectionStatus, TermTransfer
from governance.outcome import result_words, standing_of
from toolkit import formats
from toolkit.formulas import inert
from toolkit.xlsx import HEAD, XlsxFile

FILE_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Table = tuple[str, list[str], list[list]]


def pack_name(transfer: TermTransfer) -> str:
    """Return the header that names the file of a pack."""
    day = transfer.began_on.isoformat()
    name = _("%(body)s换届移交包%(day)s.xlsx") % {
        "body": transfer.term.body,
        "day": day,
    }
    return content_disposition_header(True, name)


def write_pack(transfer: TermTransfer) -> bytes:
    """Return the workbook: a sheet for the list, further ones for the election."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "pack.xlsx"
        with XlsxFile(path) as book:
            for title, heads, rows in tables_of(transfer):
                widths = [18] + [24] * (len(heads) - 1)
                with book.sheet(title, widths=widths, frozen=1) as sheet:
                    sheet.row(heads, HEAD)
                    for row in rows:
                        sheet.row([inert(str(cell)) for cell in row])
        return path.read_bytes()


def tables_of(transfer: TermTransfer) -> list[Table]:
    """Return every sheet of the pack: its title, heads and rows."""
    tables = [list_table(transfer), signing_table(transfer)]
    election = election_of(transfer)
    if election is not None:
        tables += election_tables(election)
    return tables


def list_table(transfer: TermTransfer) -> Table:
    rows = [
        [
            number,
            one.get_kind_display(),
            one.name,
            one.amount,
            formats.cn_date(one.checked_on),
            one.note,
        ]
        for number, one in enumerate(transfer.items.all(), 1)
    ]
    heads = [_("序号"), _("类别"), _("名称"), _("数量或金额"), _("清点日期"), _("说明")]
    return _("移交清单"), heads, rows


def signing_table(transfer: TermTransfer) -> Table:
    """The facts of the hand-over, and who signed it."""
    rows = [
        [_("新一届产生日期"), formats.cn_date(transfer.began_on)],
        [_("最迟移交日期"), formats.cn_date(transfer.due_on)],
        [_("移交完成日期"), formats.cn_date(transfer.done_on)],
        [_("状态"), transfer.get_status_display()],
        [_("移交人"), transfer.giver],
        [_("接收人"), transfer.taker],
        [_("监交人"), transfer.witness],
    ]
    return _("移交签字"), [_("项目"), _("内容")], rows


def election_of(transfer: TermTransfer) -> Election | None:
    """Return the election out of which the new committee came, None for none."""
    rows = Election.objects.filter(
        body=transfer.term.body,
        kind=Election.Kind.GENERAL,
        status=ElectionStatus.ANNOUNCED,
        held_on__lte=transfer.began_on,
    )
    return rows.order_by("-held_on").first()


def election_tables(election: Election) -> list[Table]:
    """Calendar, committee, candidates, counts and result; nobody's vote, no voter."""
    day = election.announced_on
    calendar = [
        [one.label, one.day_words, one.state, one.source]
        for one in calendar_of(election, day)
    ]
    officers = [
        [one.get_post_display(), one.name, formats.cn_date(one.left_on)]
        for one in election.officers.all()
    ]
    candidates = [
        [one.get_post_display(), one.name, one.get_nominated_by_display(), status]
        for one in election.candidates.all()
        for status in [one.get_status_display()]
    ]
    steps = [_("事项"), _("最后期限"), _("情况"), _("依据")]
    return [
        (_("选举日程"), steps, calendar),
        (_("选举委员会"), [_("职务"), _("姓名"), _("退出日期")], officers),
        (
            _("候选人"),
            [_("竞选职务"), _("姓名"), _("提名方式"), _("状态")],
            candidates,
        ),
        (
            _("计票"),
            [_("轮次"), _("职务"), _("姓名"), _("得票"), _("依据")],
            votes(election),
        ),
        (
            _("选举结果"),
            [_("结果")],
            [[result_words(standing_of(election), election)]],
        ),
    ]


def votes(election: Election) -> list[list]:
    """Return each round with its ballots, and each candidate with his votes."""
    rows = []
    for told in standing_of(election).rounds:
        number = told.count.round
        rows.append([number, "", told.count.ballots_words, "", told.turnout.sentence])
        rows += [
            [
                number,
                line.candidate.get_post_display(),
                line.candidate.name,
                line.votes,
                line.check.sentence,
            ]
            for line in told.lines
        ]
    return rows

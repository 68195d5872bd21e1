"""What the page of a roster import says: steps, banner, figures, problems, sheets."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities.models import OrgUnit, RosterImport
from communities.models.roster import OUTCOME_WORDS
from communities.roster.endings import KEPT_FOR
from communities.roster.layout import BY_KEY
from communities.roster.workbooks import LISTS_SHEET
from communities.screens.roster_heads import TOLD_IN, headless_section
from toolkit import formats

State = RosterImport.State
SHOWN = 50
STEPS = (
    (gettext_lazy("上传"), gettext_lazy("按模板填好，选文件上传")),
    (gettext_lazy("试算"), gettext_lazy("逐行核对，不改动档案")),
    (gettext_lazy("写入"), gettext_lazy("全部写入，或一行不写")),
)
# How many steps lie behind, by state.
BEHIND = {
    State.CHECKING: 1,
    State.REFUSED: 1,
    State.EXPIRED: 2,
    State.DROPPED: 2,
    State.CHECKED: 2,
    State.COMMITTING: 2,
    State.COMMITTED: 3,
}
# Nothing more comes of these.
GIVEN_UP = (State.EXPIRED, State.DROPPED)
HINTS = {
    "create": gettext_lazy("档案里没有，写入后登记"),
    "update": gettext_lazy("与档案不同，按文件改"),
    "skip": gettext_lazy("与档案相同，不动"),
    "conflict": gettext_lazy("与别的档案或别的行对不上"),
    "error": gettext_lazy("单元格有误，改好才能写入"),
}
# Once it is written, what became of the rows.
HINTS_WRITTEN = HINTS | {
    "create": gettext_lazy("档案里没有，已登记"),
    "update": gettext_lazy("与档案不同，已按文件改"),
    "skip": gettext_lazy("与档案相同，未改动"),
    "conflict": gettext_lazy("与别的档案或别的行对不上，没有写入"),
}
TONES = {"conflict": "wait", "error": "bad"}


def steps_of(row: RosterImport | None) -> list[dict]:
    """Return the three steps, those behind marked as done, the next one as current."""
    behind = BEHIND[row.state] if row else 0
    ahead = None if row and row.state in GIVEN_UP else behind
    return [
        {"label": label, "hint": hint, "did": at < behind, "current": at == ahead}
        for at, (label, hint) in enumerate(STEPS)
    ]


def tiles_of(row: RosterImport) -> list[dict]:
    """Return the five counts in words; none before the file was gone through."""
    if not row.counts:
        return []
    hints = HINTS_WRITTEN if row.state == State.COMMITTED else HINTS
    return [
        {
            "label": word,
            "hint": hints[key],
            "count": formats.count(row.count(key)),
            "tone": TONES.get(key, "") if row.count(key) else "",
        }
        for key, word in OUTCOME_WORDS.items()
    ]


def banner_of(row: RosterImport) -> dict:
    """Say where the import stands and what to do next."""
    banner = BANNERS[row.state](row)
    if row.message:
        banner["text"] = f"{row.message} {banner['text']}"
    return banner


def checking(row: RosterImport) -> dict:
    text = _("还没有写入任何数据。算完后在这里看结果，可以离开，随时回来。")
    return {"title": _("正在试算。"), "text": text}


def checked(row: RosterImport) -> dict:
    if not row.changes:
        if row.count("conflict"):
            text = _("除了冲突的行，文件与档案完全相同，没有要写入的。")
        else:
            text = _("文件与档案完全相同，没有要写入的。")
        return {"title": _("试算完成。"), "text": text, "tone": "done"}
    day = formats.cn_date(row.created_at + KEPT_FOR)
    until = _("%(day)s前有效，过期删除。") % {"day": day}
    if row.count("conflict"):
        text = _("有冲突的行要先核对：改好文件重新上传，或写入时把它们留下。")
        return {"title": _("试算完成。"), "text": text + until, "tone": "wait"}
    text = _("请核对下面的数字，没有问题再写入。")
    tone = "wait" if row.message else ""
    return {"title": _("试算完成。"), "text": text + until, "tone": tone}


def refused(row: RosterImport) -> dict:
    if not row.stored_name:
        text = _("没有改动任何档案，上传的文件已删除。要导入请重新上传。")
        return {"title": _("没有写入。"), "text": text, "tone": "wait"}
    if row.count("error"):
        text = _("有 %(count)s 行有错误。请下载批注文件，改好标红的格子，重新上传。")
        text %= {"count": formats.count(row.count("error"))}
    else:
        text = _("请按提示改好文件，重新上传。")
    return {"title": _("没有写入。"), "text": text, "tone": "urgent"}


def committing(row: RosterImport) -> dict:
    text = _("整份名册一次写入。可以离开，写完后在这里看结果。")
    return {"title": _("正在写入。"), "text": text}


def committed(row: RosterImport) -> dict:
    text = _("%(moment)s写入，%(words)s。上传的文件已删除。") % {
        "moment": formats.cn_datetime(row.committed_at),
        "words": row.outcome_words,
    }
    url = reverse("communities:resident-list")
    if row.org_unit.level != OrgUnit.Level.STREET:
        url += f"?unit={row.org_unit.code}"
    label = _("查看居民档案")
    banner = {"title": _("已写入。"), "text": text, "tone": "done"}
    return banner | {"url": url, "url_label": label}


def expired(row: RosterImport) -> dict:
    text = _("一周没有写入，上传的文件已删除，没有改动任何档案。要导入请重新上传。")
    return {"title": _("已过期。"), "text": text, "tone": "wait"}


def dropped(row: RosterImport) -> dict:
    text = _("没有改动任何档案，上传的文件已删除。")
    return {"title": _("已取消导入。"), "text": text, "tone": "done"}


BANNERS = {
    State.CHECKING: checking,
    State.CHECKED: checked,
    State.REFUSED: refused,
    State.COMMITTING: committing,
    State.COMMITTED: committed,
    State.EXPIRED: expired,
    State.DROPPED: dropped,
}


def effects_of(row: RosterImport) -> list[str]:
    """Return what a commit does, sentence by sentence."""
    told = []
    for key, sentence in EFFECTS:
        if count := row.count(key):
            told.append(str(sentence) % {"count": formats.count(count)})
    if row.headless:
        text = _("%(count)s 户没有户主，写入以后请补一位户主")
        told.append(text % {"count": formats.count(row.headless)})
    return told


EFFECTS = (
    ("create", gettext_lazy("新增 %(count)s 人")),
    ("update", gettext_lazy("更新 %(count)s 人的档案，每人的历史里留下一条")),
    ("skip", gettext_lazy("%(count)s 行与档案相同，不动")),
    ("conflict", gettext_lazy("%(count)s 行有冲突")),
)


def result_sections(row: RosterImport, user) -> list[dict]:
    """Return the problems and the sheets of a file that was gone through."""
    sections, read = [], sheets_of(row)
    if row.headless and row.state in TOLD_IN:
        sections.append(headless_section(row, read, user))
    if row.problems:
        sections.append(problems_section(row))
    if len(read) > 1 or any(sheet["note"] for sheet in read):
        sheets = [
            {
                "name": sheet["name"],
                "note": sheet["note"],
                "cells": [
                    {"label": word, "count": formats.count(sheet["counts"][key])}
                    for key, word in OUTCOME_WORDS.items()
                ],
            }
            for sheet in read
        ]
        sections.append(
            {
                "title": _("各工作表"),
                "template": "communities/_roster_sheets.html",
                "context": {"sheets": sheets, "words": OUTCOME_WORDS.values()},
            }
        )
    return sections


def sheets_of(row: RosterImport) -> list[dict]:
    """Return the sheets, without the lists that the template brings along."""
    return [one for one in row.sheets if one["name"] != LISTS_SHEET or not one["note"]]


def problems_section(row: RosterImport) -> dict:
    """The first problems, each with its place; values are never shown."""
    lines = lines_of(row.problems[:SHOWN])
    note = ""
    if len(row.problems) > SHOWN:
        note = _("这里是前 %(count)d 处，全部问题在批注文件里。") % {"count": SHOWN}
    return {
        "title": _("需核对的内容"),
        "note": note,
        "template": "communities/_roster_problems.html",
        "context": {"lines": lines, "has_sheets": len(row.sheets) > 1},
    }


def lines_of(problems: list[dict]) -> list[dict]:
    """Return a line for each row and problem, with all the columns that have it."""
    columns: dict[tuple, list[str]] = {}
    for one in problems:
        text = one["text"].partition("：")[2]
        key = (one["sheet"], one["line"], text, one["outcome"])
        columns.setdefault(key, []).append(str(BY_KEY[one["column"]].title))
    return [
        {
            "sheet": sheet,
            "line": line,
            "column": formats.listed(titles),
            "text": text,
            "chip": {"text": OUTCOME_WORDS[outcome], "tone": TONES[outcome]},
        }
        for (sheet, line, text, outcome), titles in columns.items()
    ]

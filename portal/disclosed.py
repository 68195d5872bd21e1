"""What residents see of disclosures: lines of the list, one page, one reply."""

from collections.abc import Iterable

from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.books.table import table_of
from governance.models import Complaint, Disclosure, Matter, Question
from portal.directory import Directory, Unit
from portal.listing import unit_of
from portal.site import Site
from toolkit import clocks, formats, prose
from toolkit.paging import key_of

PAGE_SIZE = 30
QUESTIONS_SHOWN = 30


def crumbs(*steps: tuple[str, str | None]) -> list[dict]:
    """Return the way from the first page over the list of disclosures."""
    home = (_("首页"), reverse("portal:home"))
    listed = (_("居务公开"), reverse("portal:disclosure"))
    return [{"label": label, "url": url} for label, url in (home, listed, *steps)]


class Listed:
    """One page of the list, as the address asks for it."""

    def __init__(self, params, known: Directory):
        self.unit = unit_of(params.get("unit", ""), known)
        self.group = params.get("group", "")
        if self.group and self.group not in Matter.Group.values:
            raise BadRequest(_("没有这个类别，请重新选择。"))
        rows = Disclosure.objects.published().order_by("-pk")
        rows = rows.filter(matter__group=self.group) if self.group else rows
        if self.unit and not self.unit.is_street:
            rows = rows.filter(org_unit=self.unit.pk)
        if place := key_of(params, "after"):
            rows = rows.filter(pk__lt=place)
        found = list(rows.select_related("matter")[: PAGE_SIZE + 1])
        self.rows, self.has_more = found[:PAGE_SIZE], len(found) > PAGE_SIZE

    @property
    def next_url(self) -> str:
        """The address of the older ones, "" where there are none."""
        if not self.has_more:
            return ""
        query = {"unit": self.unit.code if self.unit else "", "group": self.group}
        query = {name: value for name, value in query.items() if value}
        query |= {"after": self.rows[-1].pk}
        return reverse("portal:disclosure", query=query)


def lines_of(rows: Iterable[Disclosure], known: Directory) -> list[dict]:
    """Return disclosures as lines of a list."""
    lines = []
    for row in rows:
        unit = known.by_pk.get(row.org_unit_id)
        told = [row.matter.get_group_display(), unit.name if unit else ""]
        lines.append(
            {
                "url": reverse("portal:disclosed", args=[row.pk]),
                "title": row.title,
                "about": row.matter.second_level,
                "day": formats.cn_day(row.published_on),
                "end": "　".join(
                    filter(None, [*map(str, told), formats.cn_day(row.published_on)])
                ),
            }
        )
    return lines


def disclosed_context(site: Site, row: Disclosure) -> dict:
    """Return everything that the page of a disclosure shows."""
    unit = site.directory.by_pk.get(row.org_unit_id)
    matter = row.matter
    facts = [
        (_("公开单位"), unit.office if unit else str(row.org_unit)),
        (_("事项"), f"{matter.first_level}　{matter.second_level}"),
        (_("所属时间"), row.period_words),
        (_("公开日期"), formats.cn_date(row.published_on)),
        (_("至少公开到"), formats.cn_date(row.shown_until)),
        (_("公开依据"), matter.basis_in(row.org_unit)),
    ]
    limit = clocks.limit("T22", profile=row.org_unit.rule_profile)
    return {
        "row": row,
        "unit": unit,
        "body": prose.to_html(row.body),
        "facts": [{"label": label, "value": value} for label, value in facts],
        "books": table_of(row.statement) if row.statement_id else None,
        "corrects": row.corrects,
        "questions": answered(row.questions.published()),
        "promise": _("%(limit)s内答复。依据：%(source)s。")
        % {"limit": limit.text, "source": limit.source},
        "breadcrumbs": crumbs((_("正文"), None)),
    }


def answered(rows: QuerySet) -> list[dict]:
    """Return what was asked and answered in public, the newest first."""
    return [
        {
            "text": prose.to_html(one.text),
            "reply": prose.to_html(one.reply),
            "asked": formats.cn_day(one.created_at),
            "replied": formats.cn_day(one.replied_at),
        }
        for one in rows.order_by("-replied_at")[:QUESTIONS_SHOWN]
    ]


def reply_context(found: Question | Complaint, code: str) -> dict:
    """Return what the asker sees: his words, the clock, the reply."""
    status = found.deadline.status(timezone.now())
    is_question = isinstance(found, Question)
    about = found.disclosure.title if is_question else found.get_kind_display()
    return {
        "code": f"{code[:5]}-{code[5:]}",
        "title": _("我的提问") if is_question else _("我反映的情况"),
        "state": found.get_status_display(),
        "is_done": found.replied_at is not None,
        "clock": {"text": status.text, "tone": status.tone},
        "why": found.deadline.why,
        "unit": found.org_unit.name,
        "about": about,
        "about_url": reverse("portal:disclosed", args=[found.disclosure_id])
        if is_question and found.disclosure.status == "published"
        else "",
        "text": prose.to_html(found.text),
        "reply": prose.to_html(found.reply) if found.replied_at else "",
        "asked": formats.cn_datetime(found.created_at),
        "replied": formats.cn_datetime(found.replied_at),
        "breadcrumbs": crumbs((_("查询答复"), reverse("portal:asked"))),
    }


def poster_context(unit: Unit, row: Disclosure | None, address: str) -> dict:
    """Return the sheet beside the board: of a unit, or of one disclosure."""
    facts = [(_("公开日期"), formats.cn_date(row.published_on))] if row else []
    if row:
        facts.append((_("至少公开到"), formats.cn_date(row.shown_until)))
        facts.append((_("公开依据"), row.matter.basis_in(row.org_unit)))
    return {
        "unit": unit,
        "title": row.title if row else _("%(unit)s公开栏") % {"unit": unit.name},
        "gist": row.matter.contents
        if row
        else _("党务、居务、财务，手机上都能看。看不懂的可以提问，没公开的可以反映。"),
        "facts": [{"label": label, "value": value} for label, value in facts],
        "size": "medium" if row else "large",
        "address": address,
        "back": reverse("portal:disclosed", args=[row.pk])
        if row
        else reverse("portal:disclosure", query={"unit": unit.code}),
    }

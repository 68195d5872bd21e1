"""The parts of the page of a body: members, terms, upgrades, what is below it."""

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from governance.models import Body, Member
from toolkit import formats
from toolkit.permissions import permission_name

TEMPLATE = "governance/_lines.html"


def members_section(body: Body, user) -> dict | None:
    """Who sits in it in this term, and the way to enter another one."""
    if body.term is None or not user.has_perm(permission_name(Member, "view"), body):
        return None
    lines = [member_line(one) for one in body.term.serving]
    may_add = user.has_perm(permission_name(Member, "add"), body)
    url = f"{reverse('governance:member-create')}?term={body.term.pk}"
    return {
        "title": _("本届成员"),
        "note": _("%(count)d 人") % {"count": len(lines)} if lines else "",
        "template": TEMPLATE,
        "context": {
            "lines": lines,
            "empty": _("还没有登记成员。"),
            "add": {"label": _("登记成员"), "url": url} if may_add else None,
        },
    }


def member_line(member: Member) -> dict:
    about = [member.get_sex_display()] if member.sex in "12" else []
    if member.birth_year:
        about.append(_("%(year)d年生") % {"year": member.birth_year})
    about.append(str(member.group) if member.group_id else "")
    return {
        "label": f"{member.post_words}　{member.name}",
        "about": formats.phrased(about),
        "url": member.get_absolute_url(),
    }


def terms_section(body: Body) -> dict:
    """Its terms, the newest first, each with its document."""
    kept = Count("documents", filter=Q(documents__removed_at=None))
    terms = body.terms.annotate(papers=kept).order_by("-began_on", "-pk")
    return {
        "title": _("历届"),
        "template": TEMPLATE,
        "context": {
            "lines": [term_line(one) for one in terms],
            "empty": _("还没有登记成立或换届。"),
        },
    }


def term_line(term) -> dict:
    """Return a term with its document number and how many papers are uploaded."""
    papers = _("没有上传文件")
    if term.papers:
        papers = _("文件%(count)d份") % {"count": term.papers}
    about = formats.phrased([term.document or _("没有文号"), papers])
    url = reverse("governance:term-detail", args=[term.pk])
    return {"label": term.words, "about": about, "url": url}


def upgrades_section(body: Body) -> dict | None:
    """How a Party organisation was raised, the last time first (F015)."""
    lines = [
        {
            "label": one.words,
            "about": formats.phrased(
                [formats.cn_date(one.upgraded_on), one.document_number]
            ),
            "url": one.get_absolute_url(),
        }
        for one in body.upgrades.order_by("-upgraded_on", "-pk")
    ]
    if not lines:
        return None
    return {"title": _("升格"), "template": TEMPLATE, "context": {"lines": lines}}


def branches_section(body: Body) -> dict | None:
    """What stands below it: branches, or the committees of a committee."""
    below = body.branches.filter(closed_on=None).order_by("pk")
    lines = [
        {"label": one.name, "about": words_of(one), "url": one.get_absolute_url()}
        for one in below
    ]
    if not lines:
        return None
    return {
        "title": _("下属组织"),
        "note": _("%(count)d 个") % {"count": len(lines)},
        "template": TEMPLATE,
        "context": {"lines": lines},
    }


def words_of(body: Body) -> str:
    """What kind of body it is, more exactly: 党支部, 人民调解."""
    if body.rank:
        return body.get_rank_display()
    return body.get_task_display() if body.task else body.get_kind_display()

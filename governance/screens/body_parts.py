"""The parts of the page of a body: who sits in it, its terms, what stands below it."""

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
    terms = body.terms.order_by("-began_on", "-pk")
    return {
        "title": _("历届"),
        "template": TEMPLATE,
        "context": {
            "lines": [
                {"label": one.words, "about": one.document or _("没有文号"), "url": ""}
                for one in terms
            ],
            "empty": _("还没有登记成立或换届。"),
        },
    }


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

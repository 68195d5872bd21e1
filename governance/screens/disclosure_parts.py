"""The parts of the page of a disclosure: its text, its sheets, what residents ask."""

from django.urls import reverse
from django.utils.translation import gettext as _

from governance.books.table import table_of
from governance.disclosing.guards import why_not_review
from governance.models import Disclosure, Matter, Posting
from toolkit import formats, prose

LINES = "governance/_lines.html"


def banners_of(disclosure: Disclosure, user) -> list[dict]:
    """Say what keeps it from going on, or how long it must still be up."""
    if disclosure.status == "review" and (told := why_not_review(disclosure, user)):
        return [{"text": told, "tone": "wait"}]
    if disclosure.status == "published" and disclosure.days_short:
        return [{"text": disclosure.display.why, "tone": ""}]
    short = disclosure.taken_down_on and disclosure.shown_until
    if short and disclosure.taken_down_on < disclosure.shown_until:
        left = (disclosure.shown_until - disclosure.taken_down_on).days
        words = _("比公开期限早%(days)d天撤下。") % {"days": left}
        told = formats.sentences([words, disclosure.display.why])
        return [{"text": told, "tone": "wait"}]
    return []


def page_actions(disclosure: Disclosure, user) -> list[dict]:
    """Lead to the page that residents see, and to the sheet for the board."""
    is_public = disclosure.matter.audience == Matter.Audience.ALL
    actions = []
    if disclosure.status == "published" and is_public:
        page = reverse("portal:disclosed", args=[disclosure.pk])
        poster = reverse("portal:disclosure-poster", args=[disclosure.pk])
        actions += [
            {"label": _("居民看到的页面"), "url": page},
            {"label": _("打印公开栏海报"), "url": poster, "icon": "qr"},
        ]
    return actions


def sections_of(disclosure: Disclosure, user) -> list[dict]:
    """Return the text, the statement, the sheets on the board, the questions."""
    parts = [
        {
            "title": _("公开内容"),
            "template": "governance/_text.html",
            "context": {"html": prose.to_html(disclosure.body)},
        }
    ]
    if disclosure.statement_id:
        parts.append(
            {
                "title": _("收支明细"),
                "template": "governance/_books.html",
                "context": {"books": table_of(disclosure.statement)},
            }
        )
    if disclosure.status != "draft":
        parts += [postings(disclosure, user), questions(disclosure)]
    return parts


def postings(disclosure: Disclosure, user) -> dict:
    """Where the sheet hangs and hung, and the way to enter another one."""
    may_add = user.has_perm("governance.add_posting", disclosure)
    url = f"{reverse('governance:posting-create')}?disclosure={disclosure.pk}"
    return {
        "title": _("公开栏张贴"),
        "template": LINES,
        "context": {
            "lines": [
                {
                    "label": one.place,
                    "about": formats.cn_span(one.put_up_on, one.taken_down_on),
                    "url": one.get_absolute_url(),
                }
                for one in disclosure.postings.all()
            ],
            "empty": _("还没有登记张贴。法律要求设立公开栏。"),
            "add": {"label": _("登记张贴"), "url": url} if may_add else None,
        },
    }


def questions(disclosure: Disclosure) -> dict:
    """What residents asked about it, the newest first."""
    rows = disclosure.questions.order_by("-pk")
    return {
        "title": _("居民提问"),
        "template": LINES,
        "context": {
            "lines": [
                {
                    "label": str(one),
                    "about": formats.phrased(
                        [formats.cn_date(one.created_at), one.get_status_display()]
                    ),
                    "url": one.get_absolute_url(),
                }
                for one in rows
            ],
            "empty": _("还没有居民提问。"),
        },
    }


def posting_banners(posting: Posting) -> list[dict]:
    """Say how long the sheet must hang, or by how much too soon it was taken down."""
    left, why = posting.days_short, posting.display.why
    if not left:
        return []
    if posting.taken_down_on:
        words = _("比公开期限早%(days)d天取下。") % {"days": left}
    else:
        words = _("还差%(days)d天才满公开期限，现在不要取下。") % {"days": left}
    tone = "urgent" if posting.taken_down_on else "wait"
    return [{"text": formats.sentences([words, why]), "tone": tone}]

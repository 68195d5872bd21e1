"""What the page of one notice says beside its text."""

from django.db.models import Q
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from communities.contacts import phones_of
from notices.facts import facts, files, issued
from notices.models import Notice
from portal.directory import Unit
from portal.site import Site
from toolkit import formats, prose

# Letters of a poster by how much it says, so that it fills one sheet and no more: so
# many characters at the most, those of the title counted twice, and the size's name.
POSTER_SIZES = ((140, "large"), (260, "medium"), (480, "small"))
SMALLEST = "least"


def notice_context(site: Site, notice: Notice) -> dict:
    """Return everything that the page of a notice shows."""
    issuer = issuer_of(site, notice)
    office = issuer.office if issuer else str(notice.org_unit)
    older, newer = neighbours(notice, site)
    return {
        "notice": notice,
        "gist": prose.inline(notice.gist),
        "body": prose.to_html(notice.body),
        "office": office,
        "published_on": formats.cn_date(notice.publish_at),
        "category": notice.get_category_display(),
        "issued": issued(notice, office),
        "facts": facts(notice),
        "attachments": attachments(notice),
        "contact": contact(notice, issuer),
        "older": older,
        "newer": newer,
        "breadcrumbs": [
            {"label": _("首页"), "url": reverse("portal:home")},
            {"label": _("通知公告"), "url": reverse("portal:notices")},
            {"label": _("正文"), "url": None},
        ],
    }


def poster_context(site: Site, notice: Notice, address: str) -> dict:
    """Return what the sheet for the board shows, with the address for its code."""
    context = notice_context(site, notice)
    values = strip_tags("".join(fact["value"] for fact in context["facts"]))
    length = len(notice.title * 2 + notice.gist + values)
    size = next((name for most, name in POSTER_SIZES if length <= most), SMALLEST)
    return context | {"address": address, "size": size}


def large_context(site: Site, notice: Notice) -> dict:
    """Return what the rewritten page in large type shows: less, in short words."""
    issuer = issuer_of(site, notice)
    return {
        "notice": notice,
        "title": notice.easy_title or notice.title,
        "gist": prose.inline(notice.gist),
        "body": prose.to_easy_html(notice.easy_body),
        "office": issuer.office if issuer else str(notice.org_unit),
        "published_on": formats.cn_date(notice.publish_at),
        "contact": contact(notice, issuer),
    }


def issuer_of(site: Site, notice: Notice) -> Unit | None:
    return site.directory.by_pk.get(notice.org_unit_id)


def attachments(notice: Notice) -> list[dict]:
    """Return title, address and size of the files."""
    return [
        {
            "title": file.title,
            "url": reverse("portal:attachment", args=[notice.pk, file.uid]),
            "size": size,
        }
        for file, size in files(notice)
    ]


def contact(notice: Notice, issuer: Unit | None) -> dict:
    """Return whom to ask: the notice's own contact, else the issuer's office."""
    phones = phones_of(notice.contact_phone) or (issuer.calls if issuer else ())
    return {
        "unit": issuer.short_name if issuer else str(notice.org_unit),
        "unit_url": issuer and reverse("portal:unit", args=[issuer.code]),
        "name": notice.contact,
        "phones": phones,
        "first": next((phone for phone in phones if phone.tel), None),
        "hours": issuer.office_hours if issuer and not notice.contact_phone else "",
    }


def neighbours(notice: Notice, site: Site) -> tuple[dict | None, dict | None]:
    """Return the notice published before this one and the one after it.

    Pinned ones are passed over: they stand on top of the list anyway.
    """
    shown = Notice.objects.published(site.now).filter(is_pinned__in=(False,))
    return tuple(
        neighbour(shown, notice, side, sign) for side, sign in (("lt", "-"), ("gt", ""))
    )


def neighbour(shown, notice: Notice, side: str, sign: str) -> dict | None:
    """Return title and address of the next notice on one side, by time."""
    at = notice.publish_at
    # One bound on the time, so that an index scan starts at the right row.
    beyond = Q(**{f"publish_at__{side}e": at}) & (
        Q(**{f"publish_at__{side}": at}) | Q(**{f"pk__{side}": notice.pk})
    )
    found = shown.filter(beyond).order_by(f"{sign}publish_at", f"{sign}pk")
    row = found.values_list("pk", "title").first()
    if row is None:
        return None
    return {"url": reverse("portal:notice", args=[row[0]]), "title": row[1]}

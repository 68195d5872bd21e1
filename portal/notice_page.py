"""What the page of one notice says beside its text."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from notices.models import Notice
from portal.directory import Unit, phones_of
from portal.site import Site
from toolkit import formats, prose

# More buildings than this are counted rather than named.
BUILDINGS_NAMED = 12


def notice_context(site: Site, notice: Notice) -> dict:
    """Return everything that the page of a notice shows."""
    issuer = issuer_of(site, notice)
    older, newer = neighbours(notice, site)
    return {
        "notice": notice,
        "gist": prose.inline(notice.gist),
        "body": prose.to_html(notice.body),
        "office": issuer.office if issuer else str(notice.org_unit),
        "published_on": formats.cn_date(notice.publish_at),
        "category": notice.get_category_display(),
        "facts": facts(notice, issuer),
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


def facts(notice: Notice, issuer: Unit | None) -> list[dict]:
    """Return label and value of what hangs at the side of the text."""
    told = [
        (_("发布"), issuer.office if issuer else str(notice.org_unit)),
        (_("时间"), formats.cn_date(notice.publish_at)),
        (_("范围"), audience(notice)),
        *((fact["label"], fact["value"]) for fact in notice.facts),
        (_("有效"), valid_until(notice)),
        (_("文号"), notice.document_number),
    ]
    return [{"label": label, "value": value} for label, value in told if value]


def valid_until(notice: Notice) -> str:
    """Return the last day on which the notice holds, with its hour if it has one."""
    end = notice.expires_at
    if not end:
        return ""
    at_midnight = formats.cn_time(end) in ("23:59", "00:00")
    shown = formats.cn_date(end) if at_midnight else formats.cn_datetime(end)
    return _("至%(day)s") % {"day": shown}


def audience(notice: Notice) -> str:
    """Return to whom the notice speaks, many buildings as their number."""
    count = notice.buildings.count()
    if count <= BUILDINGS_NAMED:
        return notice.audience_words
    units = formats.listed(notice.audience.order_by("path"))
    return _("%(units)s：%(count)d 幢楼") % {"units": units, "count": count}


def attachments(notice: Notice) -> list[dict]:
    """Return title, address and size of the files."""
    return [
        {
            "title": file.title,
            "url": reverse("portal:attachment", args=[notice.pk, file.uid]),
            "size": f"{file.kind.upper()}　{formats.file_size(file.size)}",
        }
        for file in notice.attachments.kept()
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

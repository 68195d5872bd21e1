"""A notice as its public page will show it, while it is still written and reviewed."""

from django.urls import reverse

from communities.contacts import office_name, phones_of, short_office_name
from notices.facts import facts, files, issued, published_on
from notices.models import Notice
from toolkit import prose


def preview_context(notice: Notice) -> dict:
    """Return what residents will read: text, facts, files, whom to ask, signature."""
    office = office_name(notice.org_unit.level, notice.org_unit.name)
    return {
        "notice": notice,
        "gist": prose.inline(notice.gist),
        "body": prose.to_html(notice.body),
        "facts": issued(notice, office) + facts(notice),
        "attachments": [
            {
                "title": file.title,
                "url": reverse("notices:attachment", args=[notice.pk, file.pk]),
                "size": size,
            }
            for file, size in files(notice)
        ],
        "contact": contact(notice),
        "office": office,
        "published_on": published_on(notice),
    }


def easy_context(notice: Notice) -> dict:
    """Return what readers of large type will read."""
    return {
        "title": notice.easy_title or notice.title,
        "gist": prose.inline(notice.gist),
        "body": prose.to_easy_html(notice.easy_body),
        "office": office_name(notice.org_unit.level, notice.org_unit.name),
        "published_on": published_on(notice),
    }


def contact(notice: Notice) -> dict:
    """Return whom to ask: the notice's own contact, else the issuer's office."""
    issuer = notice.org_unit
    profile = getattr(issuer, "profile", None)
    own = phones_of(notice.contact_phone)
    return {
        "unit": short_office_name(issuer.level, issuer.name),
        "name": notice.contact,
        "phones": own or phones_of(profile.phone if profile else ""),
        "hours": profile.office_hours if profile and not notice.contact_phone else "",
    }

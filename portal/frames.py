"""The frame around every public page, rendered once for each look and kept in memory.

    frame_for(look, "notices", directory())["start"]    # up to the title of the page

Header, columns and footer are the same for everybody who sees the site in one language,
theme and size of type; drawing them again for each request costs more than the page.
"""

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from portal.directory import Directory
from portal.look import LARGE, Look
from toolkit import publications

# Stands where the page puts its own text; no text of ours contains it.
MARK = "\x1f"
# What the page puts between them: title, head, its address, banners and content.
PARTS = ("start", "head", "display", "mast", "end")
MOST_FRAMES = 200
Frame = dict[str, SafeString]
_held: dict[tuple, Frame] = {}


def columns(section: str) -> list[dict]:
    """Return the columns of the site: home, what the apps publish, communities."""
    found = [("home", _("首页"), "", reverse("portal:home"))]
    found += [
        (source.slug, source.label, source.short_label, reverse(source.url_name))
        for source in publications.in_order()
        if source.url_name
    ]
    found += [
        ("mine", _("我的社区"), _("本社区"), reverse("portal:my-community")),
        ("units", pgettext("名单", "社区（村）"), _("各社区"), reverse("portal:units")),
    ]
    return [
        {"label": label, "short": short, "url": url, "current": slug == section}
        for slug, label, short, url in found
    ]


def links() -> list[dict]:
    """Return the links of the footer."""
    return [
        {"label": _("隐私说明"), "url": reverse("portal:privacy")},
        {"label": _("无障碍声明"), "url": reverse("portal:accessibility")},
        {"label": _("网站地图"), "url": reverse("portal:site-map")},
        {"label": _("订阅更新"), "url": reverse("portal:feed")},
    ]


def display_choices(look: Look) -> list[dict]:
    """Return what a visitor may set: value, label, and whether it is so now."""
    themes = (("", _("跟随系统")), ("light", _("浅色")), ("dark", _("深色")))
    return [
        {"value": value or "auto", "label": label, "current": value == look.theme}
        for value, label in themes
    ]


def draw(look: Look, section: str | None, known: Directory) -> Frame:
    """Render the frame and cut it where the page puts its own text."""
    street = known.street
    site = {
        "nav": [] if section is None else columns(section),
        "links": links(),
        "duty_phones": street and (street.calls_on_duty or street.calls),
        "duty_note": street and not street.calls_on_duty and street.office_hours,
        "themes": display_choices(look),
        "other_type": "" if look.is_large else LARGE,
    }
    context = {
        "site": site,
        "language": look.language,
        "theme": look.theme,
        "large_type": look.is_large,
        "mark": MARK,
    }
    drawn = render_to_string("portal/frame.html", context)
    # The parts come out of the template engine, which escaped what had to be.
    return dict(zip(PARTS, map(SafeString, drawn.split(MARK)), strict=True))


def frame_for(look: Look, section: str | None, known: Directory) -> Frame:
    """Return the parts of the frame; `section` is None for a page without columns."""
    key = (look, section, known.digest)
    frame = _held.get(key)
    if frame is None:
        if len(_held) >= MOST_FRAMES:
            _held.clear()
        frame = _held[key] = draw(look, section, known)
    return frame

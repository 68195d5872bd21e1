"""The search box of the staff band: an app says where it leads and who sees it.

    # communities/search.py
    set_box(Box("communities:find", "communities.view_resident", _("姓名、拼音…")))

The box always posts: what people search for does not belong into an address.
"""

from dataclasses import dataclass

from django.urls import reverse

from toolkit.registry import Registry

boxes = Registry("search box")


@dataclass(frozen=True)
class Box:
    """Where the one search box leads, and the permission without which it is absent."""

    url_name: str
    permission: str
    placeholder: str


def set_box(box: Box) -> Box:
    """Register the box of the staff band; there is only one."""
    return boxes.add("staff", box)


def box_for(user) -> dict:
    """Return url, method and placeholder for the band, {} for who may not search."""
    for box in boxes.values():
        if user.has_perm(box.permission):
            return {
                "url": reverse(box.url_name),
                "method": "post",
                "placeholder": box.placeholder,
            }
    return {}

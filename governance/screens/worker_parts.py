"""The parts of the page of a worker: contracts and certificates."""

from django.urls import reverse
from django.utils.translation import gettext as _

from governance.models import Certificate, Contract, Worker
from toolkit import formats
from toolkit.permissions import permission_name

TEMPLATE = "governance/_lines.html"


def contracts_section(worker: Worker, user) -> dict:
    """Return the contracts of a worker, the newest first."""
    rows = worker.contracts.order_by("-begins_on", "-pk")
    lines = [
        {
            "label": one.get_kind_display(),
            "about": formats.cn_span(one.begins_on, one.ends_on),
            "url": one.get_absolute_url(),
        }
        for one in rows
    ]
    return {
        "title": _("聘用合同"),
        "template": TEMPLATE,
        "context": {
            "lines": lines,
            "empty": _("还没有登记合同。"),
            "add": adding(Contract, worker, user, _("登记合同")),
        },
    }


def certificates_section(worker: Worker, user) -> dict:
    """Return the professional certificates of a worker, the highest first."""
    lines = [
        {
            "label": one.get_level_display(),
            "about": _("%(day)s取得") % {"day": formats.cn_date(one.issued_on)},
            "url": one.get_absolute_url(),
        }
        for one in worker.certificates.order_by("-level")
    ]
    return {
        "title": _("职业资格证书"),
        "template": TEMPLATE,
        "context": {
            "lines": lines,
            "empty": _("没有登记证书。"),
            "add": adding(Certificate, worker, user, _("登记证书")),
        },
    }


def adding(model, worker: Worker, user, label: str) -> dict | None:
    """Return the way to the form that enters another one, None for who may not."""
    if not user.has_perm(permission_name(model, "add"), worker):
        return None
    name = f"governance:{model._meta.model_name}-create"
    return {"label": label, "url": f"{reverse(name)}?worker={worker.pk}"}

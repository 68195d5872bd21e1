"""What a person saw on a page, so that nobody overwrites or approves something else.

The page carries a mark of the row it shows. If the row is another one when the form or
the step comes back, nothing is done; the page says who changed what in the meantime.
"""

import json

from django.core.exceptions import ValidationError
from django.db.models import BinaryField
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from toolkit import formats
from toolkit.history import history_of

FIELD = "seen"
SALT = "toolkit.screens.seen"


def mark_of(row) -> str:
    """Return the mark of everything stored in a row; it tells none of it.

    Keyed with the secret of the installation, since some of the values are sealed.
    """
    values = {
        field.attname: field.value_from_object(row)
        for field in row._meta.concrete_fields
        if not isinstance(field, BinaryField)
    }
    links = {
        field.name: sorted(getattr(row, field.name).values_list("pk", flat=True))
        for field in row._meta.many_to_many
    }
    told = json.dumps([row._meta.label, values, links], default=str, sort_keys=True)
    return salted_hmac(SALT, told, algorithm="sha256").hexdigest()[:32]


def locked(row):
    """Return the row as it is stored now, locked until the transaction ends."""
    rows = type(row)._base_manager.select_for_update(of=("self",))
    return rows.get(pk=row.pk)


def refuse_if_changed(row, *, mark: str, sent: str) -> None:
    """Raise ValidationError if the mark of the locked row is not the one sent back.

    What comes without a mark was not asked from a page and is not compared.
    """
    if sent and not constant_time_compare(sent, mark):
        raise ValidationError(what_happened(row))


def what_happened(row) -> str:
    """Return who changed the row last and which fields, and what to do now."""
    last = history_of(row).first()
    who = str(last.by or _("系统")) if last else _("别人")
    facts = {
        "who": who,
        "when": formats.cn_time(last.at) if last else "",
        "what": formats.listed(c["label"] for c in last.changes) if last else "",
    }
    told = _("您打开这一页以后，%(who)s %(when)s改过这条记录。")
    if facts["what"]:
        told = _("您打开这一页以后，%(who)s %(when)s改过这条记录：%(what)s。")
    return formats.sentences([told % facts, _("这次没有写入，请核对后再办一次。")])

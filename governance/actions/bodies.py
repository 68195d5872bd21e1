"""What is written when a body begins a term, or a Party organisation is raised."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from governance.models import Body, Term, Upgrade
from governance.models.upgrades import RANKS
from toolkit import formats
from toolkit.history import remember


@transaction.atomic
def begin_term(
    *,
    body: Body,
    began_on: date,
    by,
    number: int | None = None,
    ends_on: date | None = None,
    document: str = "",
) -> Term:
    """Register a term of a body; the former one counts until the day before."""
    term = Term.objects.create(
        body=body,
        number=number,
        began_on=began_on,
        ends_on=ends_on,
        document=document,
    )
    note = formats.phrased([term.words, document])
    remember(body, "renewed", _("成立或换届"), by=by, note=note)
    return term


@transaction.atomic
def raise_rank(*, upgrade: Upgrade, name: str, by) -> Upgrade:
    """Raise a Party organisation: it is the same one with another rank and name.

    It leaves the general branch above it when it becomes one itself. Raises
    ValidationError where somebody has just raised it or where a later upgrade is known.
    """
    body = Body.objects.select_for_update(of=("self",)).get(pk=upgrade.body_id)
    refuse_upgrade(body, upgrade)
    upgrade.before, upgrade.former_name = body.rank, body.name
    upgrade.save()
    body.rank, body.name = upgrade.after, name
    above = body.parent
    if above and RANKS.index(above.rank) <= RANKS.index(body.rank):
        body.parent = None
    body.save()
    changes = [
        change_of(body, "rank", upgrade.get_before_display(), body.get_rank_display()),
        change_of(body, "name", upgrade.former_name, name),
    ]
    changes = [one for one in changes if one["old"] != one["new"]]
    day = formats.cn_date(upgrade.upgraded_on)
    note = formats.phrased([day, upgrade.document_number])
    remember(body, "upgraded", _("党组织升格"), by=by, note=note, changes=changes)
    return upgrade


def refuse_upgrade(body: Body, upgrade: Upgrade) -> None:
    """Raise ValidationError for an upgrade that leads nowhere or comes out of turn."""
    if body.closed_on or body.kind != Body.Kind.PARTY:
        raise ValidationError(_("只有未撤销的党组织可以升格。"))
    if RANKS.index(upgrade.after) <= RANKS.index(body.rank):
        words = _("现在已是%(rank)s，请选更高的形式。")
        raise ValidationError(words % {"rank": body.get_rank_display()})
    last = body.upgrades.order_by("-upgraded_on").first()
    if last and upgrade.upgraded_on <= last.upgraded_on:
        words = _("升格日期要晚于上一次升格（%(day)s）。")
        raise ValidationError(words % {"day": formats.cn_date(last.upgraded_on)})


def change_of(row, name: str, old: str, new: str) -> dict:
    label = str(row._meta.get_field(name).verbose_name)
    return {"field": name, "label": label, "old": str(old), "new": str(new)}

"""Papers put in as proof of a term, an upgrade or a gate of a recruitment."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.models import Document, Recruitment
from governance.models.documents import OWNERS
from toolkit.history import remember
from toolkit.uploads import Checked

MOST_DOCUMENTS = 30


@transaction.atomic
def add_document(
    *, owner, by, title: str, checked: Checked | None = None, statement: str = ""
) -> Document:
    """Put in a checked file, or a statement, and say so in the history of the owner.

    Raises ValidationError for too many, or for a recruitment that is over.
    """
    owner = type(owner).objects.select_for_update(of=("self",)).get(pk=owner.pk)
    refuse_if_over(owner)
    if owner.documents.kept().count() >= MOST_DOCUMENTS:
        raise ValidationError(_("材料最多 %d 份。") % MOST_DOCUMENTS)
    name = owner._meta.model_name
    if name not in OWNERS:
        raise ValueError(f"no documents for {name}")
    about = {name: owner, "org_unit": owner.kept_with, "stage": stage_of(owner)}
    if checked is not None:
        about |= {"kind": checked.kind, "size": checked.size, "file": checked.file}
        about["sha256"] = checked.sha256
    document = Document.objects.create(
        title=title, statement=statement, added_by=by, **about
    )
    note = document.title
    remember(owner, "attached", _("添加材料"), by=by, note=note)
    return document


@transaction.atomic
def take_off(*, document: Document, by) -> None:
    """Take a document off; its row stays, closed.

    Raises ValidationError for one that has opened a gate already.
    """
    owner = document.owner
    owner = type(owner).objects.select_for_update(of=("self",)).get(pk=owner.pk)
    refuse_if_over(owner)
    if document.stage != stage_of(owner):
        raise ValidationError(_("这份材料是已经过了的环节的依据，不能移除。"))
    kept = Document.objects.kept().filter(pk=document.pk)
    if not kept.update(removed_at=timezone.now()):
        raise ValidationError(_("材料已经移除。"))
    remember(owner, "detached", _("移除材料"), by=by, note=document.title)


def stage_of(owner) -> str:
    """Return the stage in which a recruitment is, "" for anything else."""
    return owner.status if isinstance(owner, Recruitment) else ""


def refuse_if_over(owner) -> None:
    """Raise ValidationError for a recruitment that is over."""
    if isinstance(owner, Recruitment) and owner.is_over:
        raise ValidationError(_("招聘已经结束，不再增减材料。"))

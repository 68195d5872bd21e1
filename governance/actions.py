"""What is written when a body begins a term."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from governance.models import Body, Term
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

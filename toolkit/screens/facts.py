"""Label and value of each field on a detail page; sealed fields masked."""

from datetime import date, datetime

from django.db.models import Model
from django.utils.text import capfirst

from toolkit import formats
from toolkit.choices import name_of
from toolkit.permissions import address_for


def fact_list(declared, row, request, revealed: dict) -> list[dict]:
    """Return the facts of a row in the order in which its declaration names them."""
    may_reveal = bool(declared.sealed) and request.user.has_perm(
        declared.permission("reveal"), row
    )
    facts = []
    for name in declared.fact_names():
        if name in declared.sealed:
            facts.append(sealed_fact(declared, row, name, may_reveal, revealed))
        else:
            told = shown(row, name, request.user)
            if told["value"] or name not in declared.passed_over:
                facts.append({"label": label_of(row, name)} | told)
    return facts


def label_of(row, name: str) -> str:
    """Return the label of a field or of a property (its function's docstring head)."""
    fields = {field.name: field for field in row._meta.fields}
    if name in fields:
        # Django's own labels begin small.
        return capfirst(fields[name].verbose_name)
    return type(row).fact_labels[name]


def shown(row, name: str, user) -> dict:
    """Return the words of a value, with the page it leads to if the user may see it."""
    display = getattr(row, f"get_{name}_display", None)
    value = display() if display else getattr(row, name)
    if isinstance(value, datetime):
        return {"value": formats.cn_datetime(value)}
    if isinstance(value, date):
        return {"value": formats.cn_date(value)}
    if isinstance(value, bool):
        return {"value": formats.yes_no(value)}
    if isinstance(value, Model):
        return {"value": name_of(value), "url": address_for(value, user)}
    return {"value": "" if value is None else str(value)}


def sealed_fact(declared, row, name: str, may_reveal: bool, revealed: dict) -> dict:
    """Return a sealed field: masked, with the address that opens it for a purpose."""
    masked = declared.sealed[name](getattr(row, name) or "")
    fact = {"label": label_of(row, name), "field": name, "value": masked}
    if name in revealed:
        opened = {"value": revealed[name], "masked": masked, "is_revealed": True}
        return fact | opened
    if may_reveal and masked:
        url = declared.url("reveal", row.pk, name)
        fact["reveal"] = {"field": name, "url": url, "purposes": declared.purposes}
    return fact


def in_full(row, name: str) -> str:
    """Return a sealed value as its reader knows it: a code as its label."""
    display = getattr(row, f"get_{name}_display", None)
    return str(display() if display else getattr(row, name) or "")

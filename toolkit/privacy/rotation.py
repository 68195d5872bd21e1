"""Re-seal every stored value with the current key.

Work goes in batches by primary key, each in its own transaction; rows that are already
under the current key are skipped by the query. So it may be stopped, run again or run
twice at once.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import connection, models, transaction
from django.db.models import Case, F, TextField, Value, When
from django.db.models.functions import Cast

from toolkit.privacy.fields import SealedTextField
from toolkit.privacy.keys import KeyRing, key_ring
from toolkit.privacy.sealing import SealBroken, Sealer
from toolkit.registry import Registry

BATCH = 500
# Sealed values that no field of ours holds: name → f(key ring, batch) → Rotation.
# Declared in `rotations.py` of an app.
rotations = Registry("rotation")


@dataclass(frozen=True, slots=True)
class Rotation:
    """What happened to one column: values re-sealed, and rows that do not open."""

    column: str
    resealed: int
    broken: tuple[str, ...]


def sealed_fields() -> Iterator[SealedTextField]:
    """Every sealed field of every installed model, once for each table."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            fields = model._meta.local_concrete_fields
            yield from (field for field in fields if isinstance(field, SealedTextField))


def rotate(batch: int = BATCH) -> list[Rotation]:
    """Re-seal all columns to the current key; broken rows are named by their uid."""
    ring = key_ring()
    done = [rotate_field(field, ring, batch) for field in sealed_fields()]
    return done + [turn(ring, batch) for turn in rotations.values()]


def rotate_field(field: SealedTextField, ring: KeyRing, batch: int = BATCH) -> Rotation:
    """Re-seal one column; raises nothing for a row that does not open, but names it."""
    resealed, broken, last_pk = 0, [], None
    while True:
        with transaction.atomic():
            _take_turn(field.model)
            rows = _stale_rows(field, ring, last_pk)[:batch]
            rows = list(rows.values_list("pk", "uid", "stored_token"))
            tokens = _resealed(field, ring, rows, broken)
            _write(field, tokens)
        if not rows:
            return Rotation(_name(field), resealed, tuple(broken))
        resealed += len(tokens)
        last_pk = rows[-1][0]


def _take_turn(model: type[models.Model]) -> None:
    """Wait for whoever holds the whole table, before a row of it is held here.

    Holding a row first, we would wait for the table and its holder for the row.
    """
    if connection.vendor == "postgresql":
        table = connection.ops.quote_name(model._meta.db_table)
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {table} IN ROW EXCLUSIVE MODE")


def _stale_rows(field: SealedTextField, ring: KeyRing, last_pk) -> models.QuerySet:
    """Rows under another key, locked where the database can, after the last one."""
    # The plain manager: a rotation covers rows that no person may see.
    rows = (
        field.model._base_manager.select_for_update()
        .annotate(stored_token=Cast(F(field.name), TextField()))
        .filter(stored_token__gt="")
        .exclude(stored_token__startswith=f"{ring.current}:")
        .order_by("pk")
    )
    return rows if last_pk is None else rows.filter(pk__gt=last_pk)


def _resealed(field, ring, rows, broken: list[str]) -> dict:
    """The new token for each primary key; adds the uid of broken rows to the list."""
    sealer = Sealer(field.model._meta.db_table, field.column, ring)
    tokens = {}
    for pk, uid, token in rows:
        try:
            tokens[pk] = sealer.seal(uid, sealer.open(uid, token))
        except SealBroken:
            broken.append(str(uid))
    return tokens


def _write(field: SealedTextField, tokens: dict) -> None:
    if not tokens:
        return
    cases = (
        When(pk=pk, then=Value(token, output_field=field))
        for pk, token in tokens.items()
    )
    rows = field.model._base_manager.filter(pk__in=tokens)
    rows.update(**{field.name: Case(*cases, output_field=field)})


def _name(field: SealedTextField) -> str:
    return f"{field.model._meta.label_lower}.{field.name}"

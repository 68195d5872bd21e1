"""Keeping the search keys of residents true to their rows."""

from django.db import models, transaction

from communities.finding.keys import packed, unpacked
from communities.models import Resident, SearchKey
from communities.turns import take_turn

BATCH = 2000


def index_resident(resident: Resident) -> None:
    """Write the search keys of a saved resident anew where they changed.

    Call it in the transaction that changed name, ID number or phone.
    """
    new = packed(resident.name, resident.id_number, resident.phone)
    with transaction.atomic():
        rows = Resident._base_manager.filter(pk=resident.pk)
        old = rows.select_for_update().values_list("indexed_as", flat=True).first()
        if bytes(old or b"") != new:
            exchange_keys([(resident.pk, old, new)])
            rows.update(indexed_as=new)
    resident.indexed_as = new


def exchange_keys(changes: list[tuple[int, bytes | None, bytes]]) -> None:
    """Replace the keys of residents, given as (pk, old indexed_as, new one)."""
    gone, come = models.Q(), []
    for pk, old, new in changes:
        before, after = set(unpacked(old)), set(unpacked(new))
        if dropped := before - after:
            gone |= models.Q(resident_id=pk, key__in=list(dropped))
        come += [SearchKey(key=key, resident_id=pk) for key in sorted(after - before)]
    if gone:
        SearchKey.objects.filter(gone).delete()
    SearchKey.objects.bulk_create(come, batch_size=BATCH, ignore_conflicts=True)


@transaction.atomic
def reindex() -> int:
    """Make all search keys anew; return how many residents there are.

    Needed after a change of the blind key or of the readings of characters, when the
    old keys cannot be worked out any more. Readers see the old keys until the end.
    """
    take_turn()
    SearchKey.objects.all().delete()
    done, last = 0, 0
    while True:
        rows = Resident._base_manager.filter(pk__gt=last).order_by("pk")
        residents = list(rows.select_for_update()[:BATCH])
        if not residents:
            return done
        write_keys(residents)
        done, last = done + len(residents), residents[-1].pk


def write_keys(residents: list[Resident]) -> None:
    """Write the keys of residents who have none."""
    keys, renewed = [], []
    for one in residents:
        made_of = packed(one.name, one.id_number, one.phone)
        keys += [SearchKey(key=key, resident=one) for key in unpacked(made_of)]
        if bytes(one.indexed_as or b"") != made_of:
            one.indexed_as = made_of
            renewed.append(one)
    SearchKey.objects.bulk_create(keys, batch_size=BATCH)
    Resident._base_manager.bulk_update(renewed, ["indexed_as"], batch_size=500)

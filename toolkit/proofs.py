"""What `manage.py verify_audit` checks beside the chain: an app's own frozen rows.

# reports/proofs.py
@proof("reports")
def unfit_reports() -> Iterator[str]: ...    # a sentence for each that does not fit

The trail keeps the digest of a row from the moment it is written; a row and its own
digest can be changed together, the trail cannot.
"""

import hashlib
import json
from collections.abc import Callable, Iterator

from toolkit.registry import Registry

proofs = Registry("proof")


def proof(slug: str) -> Callable:
    """Register a function that yields a sentence for each row that was changed."""
    return lambda function: proofs.add(slug, function)


def failed_proofs() -> Iterator[str]:
    """Yield what the apps find changed."""
    for find in proofs.values():
        yield from find()


def digest_of(content) -> str:
    """Return the SHA-256 of a JSON value in hex."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def unlike(name: str, told: list[str] | None, *fitting: str) -> Iterator[str]:
    """Yield what is wrong where the trail does not know a row, or by another digest.

    `told` are the digests in the trail, none for what was told before it kept them.
    """
    if told is None:
        yield f"{name}: the audit trail does not know it"
    elif told and not set(fitting) & set(told):
        yield f"{name}: its digest is not the one in the audit trail"

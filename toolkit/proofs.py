"""What `manage.py verify_audit` checks beside the chain: an app's own frozen rows.

# reports/proofs.py
@proof("reports")
def unfit_reports() -> Iterator[str]: ...    # a sentence for each that does not fit
"""

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

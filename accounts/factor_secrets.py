"""The secrets of second factors lie sealed.

The library keeps them in the JSON of its authenticators and names no row when it asks
for them, so all have one place.
"""

from toolkit.privacy.sealing import open_sealed, seal

PLACE = "mfa_authenticator.data"
# What of the JSON is a secret: that of the codes, and the seed of the spare ones.
SECRET = ("secret", "seed")


def seal_secret(text: str) -> str:
    """Seal a secret with the current key."""
    return seal(text, PLACE)


def open_secret(token: str) -> str:
    """Return a sealed secret; raises SealBroken."""
    return open_sealed(token, PLACE)

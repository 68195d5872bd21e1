"""The private keys of the envelopes, one drawn from each encryption key of the ring."""

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

# How many points the group of P-256 has (FIPS 186-5; SP 800-186, 3.2.1.3).
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
# So many bytes more than the order has that no key is likelier than another.
DRAWN_BYTES = 48
PURPOSE = b"yuhai envelopes"


def envelope_key(encryption_key: bytes) -> ec.EllipticCurvePrivateKey:
    """Return the private key on P-256 that belongs to an encryption key."""
    drawn = HKDF(SHA256(), DRAWN_BYTES, salt=None, info=PURPOSE).derive(encryption_key)
    secret = int.from_bytes(drawn) % (ORDER - 1) + 1
    return ec.derive_private_key(secret, ec.SECP256R1())

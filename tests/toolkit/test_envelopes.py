"""Envelopes: everybody may close one, we alone open it."""

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import override_settings

from toolkit.privacy.envelopes import (
    SUITE,
    EnvelopeError,
    decoded,
    encoded,
    open_envelope,
    public_key,
)
from toolkit.privacy.keys import KeyRing, new_key

INFO = b"for this and nothing else"


def closed(text=b"told in confidence", info=INFO) -> str:
    key = public_key()
    point = decoded(key["point"])
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    return f"{key['id']}.{encoded(SUITE.encrypt(text, public, info))}"


def test_what_was_closed_with_the_public_key_opens():
    assert open_envelope(closed(), info=INFO) == b"told in confidence"


def test_no_two_envelopes_are_alike():
    assert closed() != closed()


def test_an_envelope_opens_for_its_purpose_alone():
    with pytest.raises(EnvelopeError):
        open_envelope(closed(), info=INFO + b"!")


def changed(text: str, at: int) -> str:
    other = "A" if text[at] != "A" else "B"
    return text[:at] + other + text[at + 1 :]


@pytest.mark.parametrize("at", [3, 40, -3])
def test_one_changed_letter_spoils_it(at):
    with pytest.raises(EnvelopeError):
        open_envelope(changed(closed(), at), info=INFO)


@pytest.mark.parametrize(
    "text", ["", ".", "k1", "k1.", "t1.!", "t1.AAAA", "../t1.AAAA", "t1.陈", "no.AAAA"]
)
def test_nonsense_is_refused_without_a_reason(text):
    with pytest.raises(EnvelopeError) as refusal:
        open_envelope(text, info=INFO)
    assert str(refusal.value) == ""


def test_each_encryption_key_has_an_envelope_key_of_its_own():
    old, blind = new_key(), new_key()
    ring = KeyRing.parse(f"k2:{new_key()},k1:{old}", blind)
    again = KeyRing.parse(f"k1:{old}", blind)
    numbers = [key.private_numbers().private_value for key in ring.envelopes.values()]
    assert len(set(numbers)) == 2
    assert (
        again.envelopes["k1"].private_numbers()
        == ring.envelopes["k1"].private_numbers()
    )


def test_what_was_closed_before_the_keys_turned_still_opens():
    old, blind = new_key(), new_key()
    with override_settings(YUHAI_KEYS={"encryption": f"k1:{old}", "blind": blind}):
        text = closed()
    keys = {"encryption": f"k2:{new_key()},k1:{old}", "blind": blind}
    with override_settings(YUHAI_KEYS=keys):
        assert public_key()["id"] == "k2"
        assert open_envelope(text, info=INFO) == b"told in confidence"


def test_a_ring_shows_no_private_key():
    assert "envelopes" not in repr(KeyRing.parse(f"k1:{new_key()}", new_key()))

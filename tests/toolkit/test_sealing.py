import hmac
import os
from string import ascii_letters, digits
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.privacy.blind import INDEX_BYTES, blind_index, blind_indexer
from toolkit.privacy.keys import KeyRing, key_ring, new_key
from toolkit.privacy.sealing import (
    NONCES_DRAWN,
    SealBroken,
    Sealer,
    open_sealed,
    place_of,
    seal,
)

UID = UUID("6f1c1f0e-5d1d-4b52-8f63-0a0a0a0a0a0a")
OTHER_UID = UUID("0b1c2d3e-4f50-4a6b-8c7d-9e0f1a2b3c4d")
PLACE = place_of("communities_resident", "id_number", UID)
ID_NUMBER = "330381190001010018"
BASE64 = ascii_letters + digits + "+/"


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_what_is_sealed_opens_again(text):
    assert open_sealed(seal(text, PLACE), PLACE) == text


def test_a_token_names_its_key_and_hides_the_value():
    token = seal(ID_NUMBER, PLACE)

    assert token.startswith(f"{key_ring().current}:")
    assert token.key_id == key_ring().current
    assert ID_NUMBER not in token
    assert len(token) <= 70


@pytest.mark.parametrize(
    "place",
    [
        place_of("communities_resident", "id_number", OTHER_UID),
        place_of("communities_resident", "phone", UID),
        place_of("visits_visit", "id_number", UID),
    ],
)
def test_a_token_does_not_open_in_another_row_column_or_table(place):
    with pytest.raises(SealBroken):
        open_sealed(seal(ID_NUMBER, PLACE), place)


def test_one_uid_is_one_place_however_it_is_written():
    token = seal(ID_NUMBER, PLACE)

    for uid in (str(UID), UID.hex, str(UID).upper()):
        assert open_sealed(token, place_of("communities_resident", "id_number", uid))


# The last letter holds bits that base64 ignores. What is drawn may not depend on the
# token, whose nonce is another one each time.
@given(st.floats(0, 1, exclude_max=True), st.integers(1, len(BASE64) - 1))
def test_a_changed_token_does_not_open(place, shift):
    token = seal(ID_NUMBER, PLACE)
    start = token.index(":") + 1
    at = start + int(place * (len(token) - 1 - start))
    letter = BASE64[(BASE64.index(token[at]) + shift) % len(BASE64)]

    with pytest.raises(SealBroken):
        open_sealed(token[:at] + letter + token[at + 1 :], PLACE)


@pytest.mark.parametrize(
    "token", ["", "t1:", "t1:A", "t1:????", "plain", "t1:" + "A" * 9]
)
def test_nonsense_does_not_open(token):
    with pytest.raises(SealBroken):
        open_sealed(token, PLACE)


def test_a_token_of_a_key_that_is_gone_says_so():
    ring = KeyRing.parse(f"gone:{new_key()}", new_key())

    with pytest.raises(SealBroken, match="not in the key ring"):
        open_sealed(seal(ID_NUMBER, PLACE, ring), PLACE)


def test_equal_values_never_make_equal_tokens():
    tokens = {seal(ID_NUMBER, PLACE) for _number in range(3 * NONCES_DRAWN)}

    assert len(tokens) == 3 * NONCES_DRAWN


def test_a_forked_child_draws_nonces_of_its_own():
    seal(ID_NUMBER, PLACE)
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.write(writing, seal(ID_NUMBER, PLACE)[3:19].encode())
        os._exit(0)
    os.waitpid(child, 0)

    # The first sixteen letters of base64 are the nonce.
    assert os.read(reading, 16).decode() != seal(ID_NUMBER, PLACE)[3:19]


def test_a_sealer_does_what_seal_does_for_one_column():
    sealer = Sealer("communities_resident", "id_number")

    token = sealer.seal(UID, ID_NUMBER)

    assert open_sealed(token, PLACE) == ID_NUMBER
    assert sealer.open(str(UID), token) == ID_NUMBER


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_blind_index_is_the_standard_hmac_cut_short(value):
    message = f"id_number\0{value}".encode()
    standard = hmac.digest(key_ring().blind_key, message, "sha256")

    assert blind_index("id_number", value) == standard[:INDEX_BYTES]
    assert blind_indexer("id_number")(value) == standard[:INDEX_BYTES]


def test_equal_digits_of_different_kinds_do_not_meet():
    assert blind_index("id_tail", "0018") != blind_index("phone_tail", "0018")

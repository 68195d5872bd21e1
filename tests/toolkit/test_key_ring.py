import stat
import threading

import pytest
from django.test import override_settings

from toolkit.privacy.keys import (
    BLIND_VARIABLE,
    ENCRYPTION_VARIABLE,
    KeyRing,
    KeyRingError,
    ensure_key_file,
    fresh_environment,
    key_ring,
    new_key,
)


def values_of(environment):
    return dict(line.split("=", 1) for line in environment.splitlines())


def test_the_first_key_seals_and_all_keys_open():
    ring = KeyRing.parse(f"k2:{new_key()}, k1:{new_key()}", new_key())

    assert ring.current == "k2"
    assert set(ring.ciphers) == {"k1", "k2"}


@pytest.mark.parametrize(
    "keys",
    [
        "",
        " , ",
        "k1",
        "k1:",
        "k1:short",
        "k1:bm90IDMyIGJ5dGVz",
        "K 1:" + "A" * 43 + "=",
    ],
)
def test_unusable_keys_are_refused(keys):
    with pytest.raises(KeyRingError, match=ENCRYPTION_VARIABLE):
        KeyRing.parse(keys, new_key())


def test_two_keys_of_one_name_are_refused():
    with pytest.raises(KeyRingError, match="unique"):
        KeyRing.parse(f"k1:{new_key()},k1:{new_key()}", new_key())


def test_the_blind_key_may_not_be_an_encryption_key():
    key = new_key()

    with pytest.raises(KeyRingError, match=BLIND_VARIABLE):
        KeyRing.parse(f"k1:{key}", key)


def test_neither_an_error_nor_a_ring_shows_a_key():
    key = new_key()
    ring = KeyRing.parse(f"k1:{key}", new_key())

    with pytest.raises(KeyRingError) as refusal:
        KeyRing.parse(f"k1:{key},k1:{key}", new_key())

    assert key not in str(refusal.value)
    assert repr(ring) == "KeyRing(current='k1')"


def test_the_ring_follows_the_settings():
    keys = {"encryption": f"n1:{new_key()}", "blind": new_key()}

    with override_settings(YUHAI_KEYS=keys):
        assert key_ring().current == "n1"


def test_a_key_file_is_made_once_and_only_its_owner_reads_it(tmp_path):
    path = tmp_path / "var" / "keys.env"

    assert ensure_key_file(path)
    first = path.read_text()
    assert not ensure_key_file(path)

    assert path.read_text() == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_a_key_file_that_others_may_read_is_refused(tmp_path):
    path = tmp_path / "keys.env"
    ensure_key_file(path)
    path.chmod(0o644)

    with pytest.raises(KeyRingError, match="chmod 600"):
        ensure_key_file(path)


def test_processes_that_start_at_once_agree_on_one_key_file(tmp_path):
    path, made = tmp_path / "keys.env", []
    starts = [
        threading.Thread(target=lambda: made.append(ensure_key_file(path)))
        for _number in range(8)
    ]
    for start in starts:
        start.start()
    for start in starts:
        start.join()

    assert sorted(made) == [False] * 7 + [True]


def test_a_fresh_environment_makes_a_ring_and_a_secret():
    values = values_of(fresh_environment())

    ring = KeyRing.parse(values[ENCRYPTION_VARIABLE], values[BLIND_VARIABLE])

    assert ring.current == "k1"
    assert len(values["DJANGO_SECRET_KEY"]) >= 50
    assert fresh_environment() != fresh_environment()

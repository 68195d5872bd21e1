"""Photos of a visit: piece by piece, drawn anew, seen by who may see the visit."""

import io
from datetime import timedelta
from hashlib import sha256
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePublicKey,
)
from django.test import Client
from django.utils import timezone
from PIL import Image

from tests.visits.parcels import item_of, results, sealed, send_with
from toolkit.models import AuditEvent, SyncPhoto
from toolkit.privacy.envelopes import SUITE, decoded, encoded, public_key
from toolkit.sync import photos
from toolkit.sync.photos import INFO, MOST_OF_ONE, MOST_PIECE, drop_stale, part_of
from visits.models import Visit

PLACE = "27.7731N"


def picture() -> bytes:
    """Return a photo as a telephone takes it: it says where and by what."""
    exif = Image.Exif()
    exif[0x010F] = PLACE
    made = io.BytesIO()
    Image.effect_noise((400, 300), 90).convert("RGB").save(made, "JPEG", exif=exif)
    return made.getvalue()


def envelope(client_uuid, octets: bytes) -> bytes:
    key = public_key()
    point = decoded(key["point"])
    public = EllipticCurvePublicKey.from_encoded_point(SECP256R1(), point)
    hidden = SUITE.encrypt(octets, public, INFO + str(client_uuid).encode())
    return f"{key['id']}.{encoded(hidden)}".encode()


@pytest.fixture(autouse=True)
def kept_apart(settings, tmp_path):
    settings.VAR_DIR = tmp_path / "var"
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def token(browse, lin, wang, duty):
    return browse(lin).post("/visits/offline/take/").json()["token"]


@pytest.fixture
def visit(token, wang):
    """A visit that Lin's phone has handed in."""
    assert results(send_with(token, [sealed(item_of(wang))])) == ["created"]
    return Visit.objects.get()


def url_of(client_uuid, whole: bytes) -> str:
    return f"/api/v1/sync/photos/{client_uuid}/{sha256(whole).hexdigest()}/"


def put(token, client_uuid, whole, start=0, end=None, *, size=None, digest_of=None):
    end = len(whole) if end is None else end
    head = {
        "Authorization": f"Lease {token}",
        "Content-Range": f"bytes {start}-{end - 1}/{size or len(whole)}",
    }
    return Client(enforce_csrf_checks=True).put(
        url_of(client_uuid, digest_of or whole),
        whole[start:end],
        content_type="application/octet-stream",
        headers=head,
    )


def handed_in(token, client_uuid, octets=None) -> SyncPhoto:
    whole = envelope(client_uuid, picture() if octets is None else octets)
    assert put(token, client_uuid, whole).status_code == 200
    return SyncPhoto.objects.order_by("-pk").first()


def bytes_of(photo) -> bytes:
    with photo.file.open("rb") as file:
        return file.read()


def test_a_photo_is_kept_without_where_it_was_taken(
    token, visit, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        photo = handed_in(token, visit.client_uuid)
    stored = bytes_of(photo)
    assert PLACE.encode() not in stored
    with Image.open(io.BytesIO(stored)) as kept:
        assert (kept.size, dict(kept.getexif())) == ((400, 300), {})
    assert not part_of(photo).exists()


def test_it_goes_on_where_it_was_cut_off(token, visit):
    whole = envelope(visit.client_uuid, picture())
    asked = Client().get(
        url_of(visit.client_uuid, whole), headers={"Authorization": f"Lease {token}"}
    )
    assert asked.status_code == 404
    first = put(token, visit.client_uuid, whole, 0, 1000).json()
    assert first == {"received": 1000, "is_whole": False, "refusal": ""}
    # Sent again, and one that leaves a gap: nothing changes.
    for start in (0, 3000):
        again = put(token, visit.client_uuid, whole, start, start + 500)
        assert again.json()["received"] == 1000
    # What was on its way when the power was cut.
    with part_of(SyncPhoto.objects.get()).open("ab") as part:
        part.write(b"half a piece")
    last = put(token, visit.client_uuid, whole, 1000)
    assert last.json() == {"received": len(whole), "is_whole": True, "refusal": ""}
    assert SyncPhoto.objects.get().file


def test_the_same_photo_twice_is_one(token, visit):
    whole = envelope(visit.client_uuid, picture())
    told = [put(token, visit.client_uuid, whole).json()["is_whole"] for _two in "12"]
    assert told == [True, True]
    assert SyncPhoto.objects.count() == 1


@pytest.mark.parametrize(
    "octets", [b"", b"<svg onload=alert(1)>", b"\xff\xd8\xff no picture", b"%PDF-1.4"]
)
def test_what_is_no_picture_is_not_kept(octets, token, visit):
    photo = handed_in(token, visit.client_uuid, octets)
    assert (photo.is_whole, bool(photo.file)) == (True, False)
    assert photo.refusal


def test_an_envelope_for_another_visit_is_not_opened(token, visit):
    whole = envelope(uuid4(), picture())
    assert put(token, visit.client_uuid, whole).json()["refusal"] != ""


def test_bytes_that_were_changed_on_the_way_are_not_kept(token, visit):
    whole = envelope(visit.client_uuid, picture())
    spoiled = whole[:-9] + b"AAAAAAAAA"
    told = put(token, visit.client_uuid, spoiled, digest_of=whole).json()
    assert "损坏" in told["refusal"]


@pytest.mark.parametrize("told", ["", "bytes 0-9", "bytes x-y/z", "bytes 5-1/10", "9"])
def test_a_piece_must_say_where_it_belongs(told, token, visit):
    answer = Client().put(
        url_of(visit.client_uuid, b"x"),
        b"0123456789",
        content_type="application/octet-stream",
        headers={"Authorization": f"Lease {token}", "Content-Range": told},
    )
    assert answer.status_code == 400
    assert not SyncPhoto.objects.exists()


def test_large_photos_and_pieces_are_refused(token, visit, monkeypatch):
    piece = b"x" * (MOST_PIECE + 1)
    assert put(token, visit.client_uuid, piece).status_code == 413
    monkeypatch.setattr(photos, "MOST_BYTES", 10)
    assert put(token, visit.client_uuid, b"x" * 11).status_code == 400
    assert not SyncPhoto.objects.exists()


def test_a_visit_has_three_photos_at_most(token, visit, monkeypatch):
    for _one in range(MOST_OF_ONE):
        handed_in(token, visit.client_uuid)
    whole = envelope(visit.client_uuid, picture())
    assert put(token, visit.client_uuid, whole).status_code == 400
    monkeypatch.setattr(photos, "MOST_A_DAY", MOST_OF_ONE)
    other = uuid4()
    assert put(token, other, envelope(other, picture())).status_code == 400


def test_nobody_else_adds_to_a_photo_or_asks_for_it(token, visit, browse, chen):
    whole = envelope(visit.client_uuid, picture())
    put(token, visit.client_uuid, whole, 0, 1000)
    theirs = browse(chen).post("/visits/offline/take/").json()["token"]
    assert put(theirs, visit.client_uuid, whole, 1000).status_code == 400
    head = {"Authorization": f"Lease {theirs}"}
    assert (
        Client().get(url_of(visit.client_uuid, whole), headers=head).status_code == 404
    )


@pytest.mark.parametrize("digest", ["x", "A" * 64, "0" * 63])
def test_a_digest_is_a_digest(digest, token):
    url = f"/api/v1/sync/photos/{uuid4()}/{digest}/"
    head = {"Authorization": f"Lease {token}", "Content-Range": "bytes 0-0/1"}
    assert Client().put(url, b"x", headers=head).status_code == 404


def test_the_page_of_the_visit_shows_it_to_who_may_see_the_visit(
    token, visit, browse, lin, chen
):
    photo = handed_in(token, visit.client_uuid)
    url = f"/visits/visits/{visit.pk}/photos/{photo.uid}/"
    assert url in browse(lin).get(visit.get_absolute_url()).content.decode()
    answer = browse(lin).get(url)
    assert answer["Content-Type"] == "image/jpeg"
    assert b"".join(answer.streaming_content) == bytes_of(photo)
    assert AuditEvent.objects.filter(verb="read", fields=["photos"]).exists()
    assert browse(lin).get(url.replace(str(photo.uid), str(uuid4()))).status_code == 404
    assert browse(chen).get(url).status_code == 404


def test_what_never_came_whole_is_forgotten(token, visit):
    whole = envelope(visit.client_uuid, picture())
    put(token, visit.client_uuid, whole, 0, 1000)
    part = part_of(SyncPhoto.objects.get())
    now = timezone.now()
    assert drop_stale(now + timedelta(days=59)) == 0
    assert part.exists()
    assert drop_stale(now + timedelta(days=61)) == 1
    assert not part.exists()

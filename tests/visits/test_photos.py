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

from tests.visits.parcels import body_of, item_of, results, sealed, send_with
from toolkit import uploads
from toolkit.models import AuditEvent, SyncItem, SyncPhoto
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


def test_what_was_spoiled_on_the_way_is_sent_anew(token, visit):
    whole = envelope(visit.client_uuid, picture())
    spoiled = whole[:-9] + b"AAAAAAAAA"
    answer = put(token, visit.client_uuid, spoiled, digest_of=whole)
    assert (answer.status_code, "损坏" in answer.json()["detail"]) == (409, True)
    photo = SyncPhoto.objects.get()
    assert (photo.received, photo.is_whole, photo.refusal) == (0, False, "")
    assert put(token, visit.client_uuid, whole).json()["is_whole"]
    assert SyncPhoto.objects.get().file


@pytest.mark.parametrize("wrong", [2000, 5_000_000])
def test_a_wrong_size_told_first_does_not_stick(
    wrong, token, visit, django_capture_on_commit_callbacks
):
    whole = envelope(visit.client_uuid, picture())
    put(token, visit.client_uuid, whole, 0, 1000, size=wrong)
    with django_capture_on_commit_callbacks(execute=True):
        answer = put(token, visit.client_uuid, whole, 1000, 1500)
    assert (answer.status_code, "总长度" in answer.json()["detail"]) == (409, True)
    photo = SyncPhoto.objects.get()
    assert (photo.received, part_of(photo).exists()) == (0, False)
    assert put(token, visit.client_uuid, whole, 0, 1000).json()["received"] == 1000
    assert put(token, visit.client_uuid, whole, 1000).json()["is_whole"]
    assert SyncPhoto.objects.get().size == len(whole)
    assert put(token, visit.client_uuid, whole, size=wrong).json()["is_whole"]


def test_of_which_nothing_is_here_it_is_begun_with_the_right_size(token, visit):
    whole = envelope(visit.client_uuid, picture())
    assert put(token, visit.client_uuid, whole, 500, 1000, size=9999).status_code == 409
    assert put(token, visit.client_uuid, whole).json()["is_whole"]


def test_a_part_that_was_lost_is_sent_anew(
    token, visit, django_capture_on_commit_callbacks
):
    whole = envelope(visit.client_uuid, picture())
    put(token, visit.client_uuid, whole, 0, 1000)
    part_of(SyncPhoto.objects.get()).unlink()
    with django_capture_on_commit_callbacks(execute=True):
        assert put(token, visit.client_uuid, whole, 1000, 2000).status_code == 409
    assert not part_of(SyncPhoto.objects.get()).exists()
    assert put(token, visit.client_uuid, whole).json()["is_whole"]
    assert SyncPhoto.objects.get().file


def test_without_time_to_draw_it_it_is_sent_anew(token, visit, monkeypatch):
    whole = envelope(visit.client_uuid, picture())
    with monkeypatch.context() as patched:
        patched.setattr(uploads, "PICTURE_SECONDS", 0)
        assert put(token, visit.client_uuid, whole).status_code == 409
    assert put(token, visit.client_uuid, whole).json()["is_whole"]
    assert SyncPhoto.objects.get().file


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


def test_a_piece_is_as_long_as_it_says(token, visit):
    head = {"Authorization": f"Lease {token}", "Content-Range": "bytes 0-8/10"}
    url = url_of(visit.client_uuid, b"x")
    assert Client().put(url, b"0123456789", headers=head).status_code == 400
    assert not SyncPhoto.objects.exists()


def test_large_photos_and_pieces_are_refused(token, visit, monkeypatch):
    piece = b"x" * (MOST_PIECE + 1)
    assert put(token, visit.client_uuid, piece).status_code == 413
    monkeypatch.setattr(photos, "MOST_BYTES", 10)
    assert put(token, visit.client_uuid, b"x" * 11).status_code == 422
    assert not SyncPhoto.objects.exists()


def test_a_visit_has_three_photos_at_most(token, visit, wang, monkeypatch):
    for _one in range(MOST_OF_ONE):
        handed_in(token, visit.client_uuid)
    whole = envelope(visit.client_uuid, picture())
    assert put(token, visit.client_uuid, whole).status_code == 422
    monkeypatch.setattr(photos, "MOST_A_DAY", MOST_OF_ONE)
    item = item_of(wang)
    assert results(send_with(token, [sealed(item)])) == ["created"]
    other = item["client_uuid"]
    assert put(token, other, envelope(other, picture())).status_code == 429


def test_a_photo_belongs_to_what_its_owner_has_handed_in(
    token, visit, browse, chen, wang
):
    whole = envelope(visit.client_uuid, picture())
    stray = uuid4()
    assert put(token, stray, envelope(stray, picture())).status_code == 422
    theirs = browse(chen).post("/visits/offline/take/").json()["token"]
    assert put(theirs, visit.client_uuid, whole).status_code == 422
    assert not SyncPhoto.objects.exists()


def test_who_hands_in_another_text_adds_no_photo_to_the_visit(
    token, visit, browse, lin, chen, wang
):
    theirs = browse(chen).post("/visits/offline/take/").json()["token"]
    body = body_of(wang, note="另一份")
    other = item_of(body=body, client_uuid=str(visit.client_uuid))
    assert results(send_with(theirs, [sealed(other)])) == ["conflict"]
    photo = handed_in(theirs, visit.client_uuid)
    url = f"/visits/visits/{visit.pk}/photos/{photo.uid}/"
    assert url not in browse(lin).get(visit.get_absolute_url()).content.decode()
    assert browse(lin).get(url).status_code == 404


def test_a_disabled_account_hands_in_no_photo(token, visit, lin):
    type(lin).objects.filter(pk=lin.pk).update(is_active=False)
    whole = envelope(visit.client_uuid, picture())
    assert put(token, visit.client_uuid, whole).status_code == 403
    assert not SyncPhoto.objects.exists()


def test_nobody_else_adds_to_a_photo_or_asks_for_it(token, visit, browse, chen):
    whole = envelope(visit.client_uuid, picture())
    put(token, visit.client_uuid, whole, 0, 1000)
    theirs = browse(chen).post("/visits/offline/take/").json()["token"]
    assert put(theirs, visit.client_uuid, whole, 1000).status_code == 422
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


def test_what_belongs_to_nothing_is_forgotten(
    token, visit, django_capture_on_commit_callbacks
):
    photo = handed_in(token, visit.client_uuid)
    late = timezone.now() + timedelta(days=61)
    assert drop_stale(late) == 0
    SyncItem.objects.all().delete()
    assert drop_stale(timezone.now()) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert drop_stale(late) == 1
    assert not photo.file.storage.exists(photo.file.name)


def test_what_never_came_whole_is_forgotten(
    token, visit, django_capture_on_commit_callbacks
):
    whole = envelope(visit.client_uuid, picture())
    put(token, visit.client_uuid, whole, 0, 1000)
    part = part_of(SyncPhoto.objects.get())
    now = timezone.now()
    assert drop_stale(now + timedelta(days=59)) == 0
    assert part.exists()
    with django_capture_on_commit_callbacks(execute=True):
        assert drop_stale(now + timedelta(days=61)) == 1
    assert not part.exists()

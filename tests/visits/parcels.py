"""Items as a phone sends them."""

import json
from datetime import datetime
from hashlib import sha256
from uuid import uuid4

from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePublicKey,
)
from django.test import Client
from django.utils import timezone

from toolkit.privacy.envelopes import SUITE, decoded, encoded, public_key
from toolkit.sync.sealed import INFO

URL = "/api/v1/sync/"


def body_of(subject, outcome="normal", **more) -> str:
    told = {
        "subject": {"kind": subject._meta.model_name, "id": subject.pk},
        "method": "door",
        "outcome": outcome,
    }
    return json.dumps(told | more, ensure_ascii=False, sort_keys=True)


def item_of(subject=None, *, at=None, body=None, **more) -> dict:
    """Return an item about a visit; `body` stands for that of a subject."""
    body = body_of(subject) if body is None else body
    told = {
        "client_uuid": str(uuid4()),
        "kind": "visit",
        "body": body,
        "sha256": sha256(body.encode()).hexdigest(),
        "occurred_at": (at or timezone.now()).isoformat(),
        "zone": "Asia/Shanghai",
    }
    return told | more


def send(client, items, *, sent_at: datetime | None = None):
    """Send a batch; return the answer."""
    batch = {"sent_at": (sent_at or timezone.now()).isoformat(), "items": items}
    return client.post(URL, json.dumps(batch), content_type="application/json")


def results(answer) -> list[str]:
    assert answer.status_code == 200, answer.content
    return [one["result"] for one in answer.json()["items"]]


def sealed(item: dict, **more) -> dict:
    """Return an item as a phone seals it, which cannot read it any more."""
    key = public_key()
    point = decoded(key["point"])
    public = EllipticCurvePublicKey.from_encoded_point(SECP256R1(), point)
    info = INFO + item["client_uuid"].encode()
    hidden = SUITE.encrypt(json.dumps(item).encode(), public, info)
    text = f"{key['id']}.{encoded(hidden)}"
    return {"client_uuid": item["client_uuid"], "sealed": text} | more


def send_with(token: str, items, *, sent_at: datetime | None = None):
    """Hand in a batch with a lease, from a phone on which nobody is signed in."""
    batch = {"sent_at": (sent_at or timezone.now()).isoformat(), "items": items}
    return Client(enforce_csrf_checks=True).post(
        URL,
        json.dumps(batch),
        content_type="application/json",
        headers={"Authorization": f"Lease {token}"},
    )

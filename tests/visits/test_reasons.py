"""Why something is not taken as it came: a person reads it, in his language."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.visits.conftest import days_ago
from tests.visits.parcels import URL, body_of, item_of, sealed
from toolkit.models import SyncItem

ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def token(browse, lin, wang, duty):
    return browse(lin).post("/visits/offline/take/").json()["token"]


def told(token, item, **head) -> dict:
    hidden = sealed(item, keep=item.get("keep", False))
    batch = {"sent_at": timezone.now().isoformat(), "items": [hidden]}
    head = {"Authorization": f"Lease {token}"} | head
    answer = Client().post(
        URL, json.dumps(batch), content_type="application/json", headers=head
    )
    return answer.json()["items"][0]


def too_old(wang, **more):
    """Too long ago, with a number that is nobody's business, and a day that is gone."""
    body = body_of(wang, note="身份证330381194005062323", follow_up_on="2020-01-01")
    written = timezone.now().isoformat()
    return item_of(at=days_ago(800), body=body, written_at=written) | more


def test_of_several_fields_each_is_named(token, wang):
    answer = told(token, too_old(wang))
    assert answer["result"] == "invalid"
    assert set(answer["errors"]) == {"visited_at", "note"}
    assert "走访时间：走访时间不能早于一年前" in answer["message"]
    assert "记一句：这里不要写身份证号" in answer["message"]


def test_where_the_text_itself_cannot_be_read_too(token, wang):
    body = body_of(wang, outcome="gone", method="drone")
    answer = told(token, item_of(body=body))
    assert "走访方式：" in answer["message"]
    assert "走访情况：" in answer["message"]


def test_of_one_field_the_sentence_is_enough(token, wang):
    answer = told(token, item_of(body=body_of(wang, note="身份证330381194005062323")))
    assert answer["message"] == "".join(answer["errors"]["note"])


def test_around_the_text_the_fields_are_named_as_well(token, wang):
    answer = told(token, item_of(wang, sha256="x", occurred_at="yesterday"))
    assert "摘要：" in answer["message"]
    assert "手机上的时间：" in answer["message"]


def test_an_english_phone_gets_english_reasons(token, wang):
    answer = told(token, too_old(wang), **ENGLISH)
    assert answer["message"].isascii() or "’" in answer["message"]
    assert "Time: " in answer["message"] or "time: " in answer["message"]
    for sentence in answer["errors"]["visited_at"]:
        assert "走访" not in sentence


def test_what_is_kept_names_the_fields_too(token, wang):
    answer = told(token, too_old(wang, keep=True))
    assert answer["result"] == "handover"
    kept = SyncItem.objects.get()
    assert "走访时间：" in kept.reason
    assert "记一句：" in kept.reason
    assert answer["message"] == kept.reason


def test_a_known_sentence_is_kept_in_the_words_of_the_office(token, wang):
    """An English phone is answered in English; the office reads it in its own."""
    early = item_of(wang, at=timezone.now() - timedelta(hours=3))
    for _again in range(2):
        answer = told(token, early, **ENGLISH)
        assert answer["result"] == "handover"
        assert "Logged before the offline lease began" in answer["message"]
    kept = SyncItem.objects.get()
    assert kept.reason == "登记时间早于离线授权，等所在社区核对。"


def test_of_another_text_as_well(token, wang):
    first = item_of(wang)
    assert told(token, first)["result"] == "created"
    body = body_of(wang, note="另一份")
    answer = told(
        token, item_of(body=body, client_uuid=first["client_uuid"]), **ENGLISH
    )
    assert (answer["result"], answer["message"].isascii()) == ("conflict", True)
    kept = SyncItem.objects.get(result="conflict")
    assert kept.reason == "这个编号已登记了另一份内容，两份都已保留，等社区核对。"

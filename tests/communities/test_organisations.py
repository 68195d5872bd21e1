"""A shop's phone is often its keeper's own: sealed, masked, opened for a purpose."""

import pytest
from django.db import connection
from django.urls import reverse

from communities.models import Organisation
from tests.factories import make_assignment, make_organisation
from toolkit.history import history_of
from toolkit.models import AuditEvent

MOBILE, OTHER = "13812345678", "13987654321"
LIST = reverse("communities:organisation-list")


@pytest.fixture
def shop(donghu):
    return make_organisation(donghu, name="凤山杂货店", phone=MOBILE, contact="朱彩凤")


def sent(shop, **more):
    names = ("name", "kind", "address", "contact")
    same = {name: getattr(shop, name) for name in names}
    return same | {"org_unit": shop.org_unit_id, "phone": ""} | more


def update(shop, visitor, **more):
    url = reverse("communities:organisation-update", args=[shop.pk])
    answer = visitor.post(url, sent(shop, **more))
    shop.refresh_from_db()
    return answer


def test_the_column_holds_no_phone(shop):
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM communities_organisation")
        assert MOBILE not in cursor.fetchone()[0]
    assert Organisation.objects.get().phone == MOBILE


def test_list_api_export_and_pages_show_the_mask(shop, browse, lin):
    visitor = browse(lin)
    edit = reverse("communities:organisation-update", args=[shop.pk])
    pages = [LIST, shop.get_absolute_url(), edit, "/api/v1/communities/organisations/"]
    texts = [visitor.get(url).content.decode() for url in pages]
    file = visitor.post(f"{LIST}export/", {"format": "csv"})
    texts.append(b"".join(file.streaming_content).decode("utf-8-sig"))
    for text in texts:
        assert "138****5678" in text
        assert MOBILE not in text


def test_it_is_opened_for_a_purpose_and_written_down(shop, browse, lin):
    url = reverse("communities:organisation-reveal", args=[shop.pk, "phone"])
    assert MOBILE in browse(lin).post(url, {"purpose": "contact"}).content.decode()
    event = AuditEvent.objects.get(verb="revealed")
    assert (event.fields, event.purpose) == (["phone"], "联系单位")


def test_whoever_may_only_look_does_not_open_it(shop, donghu, browse):
    looker = make_assignment("looker", donghu, ["view_organisation"]).user
    url = reverse("communities:organisation-reveal", args=[shop.pk, "phone"])
    assert browse(looker).post(url, {"purpose": "contact"}).status_code == 403


def test_the_history_names_the_fields_and_no_values(shop, browse, lin):
    update(shop, browse(lin), phone=OTHER, contact="朱小凤")
    changes = history_of(shop).first().changes
    assert {change["field"] for change in changes} == {"contact", "phone"}
    assert not any({"old", "new"} & set(change) for change in changes)
    assert shop.phone == OTHER


@pytest.mark.parametrize(
    ("typed", "kept"), [("", MOBILE), ("无", ""), ("0577-65812345", "057765812345")]
)
def test_an_empty_phone_stays_and_none_takes_it_away(shop, browse, lin, typed, kept):
    assert update(shop, browse(lin), phone=typed).status_code == 302
    assert shop.phone == kept


def test_a_phone_that_is_none_is_refused(shop, browse, lin):
    assert update(shop, browse(lin), phone="12").status_code == 422

"""The numbers that a unit makes public: one or two, each a number."""

import pytest
from django.urls import reverse

from communities.models import UnitProfile

PROFILE = reverse("communities:unitprofile-create")


@pytest.fixture
def send(browse, mei, donghu):
    def post(**phones):
        return browse(mei).post(PROFILE, {"org_unit": donghu.pk, **phones})

    return post


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0577 65812345", "0577-65812345"),
        ("65812345，13800138000", "0577-65812345、138 0013 8000"),
        ("0577-65812345、0577-65812346", "0577-65812345、0577-65812346"),
        ("65812345 ; ", "0577-65812345"),
        ("", ""),
    ],
)
def test_one_or_two_numbers_are_written_as_people_read_them(typed, kept, send):
    assert send(phone=typed, duty_phone=typed).status_code == 302
    profile = UnitProfile.objects.get()
    assert (profile.phone, profile.duty_phone) == (kept, kept)


@pytest.mark.parametrize("field", ["phone", "duty_phone"])
@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("见公告栏", "电话号码不对"),
        ("65812345、123", "电话号码不对"),
        ("65812345转801", "分机号"),
        ("、", "没有填写"),
        ("65812345、65812346、65812347", "最多写两个号码"),
    ],
)
def test_what_cannot_be_dialled_is_refused(typed, sentence, field, send):
    answer = send(**{field: typed})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not UnitProfile.objects.exists()

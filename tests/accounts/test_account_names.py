"""What an account may be called."""

from django.urls import reverse

from accounts.models import User
from tests.factories import make_assignment

CYRILLIC = "s\u0435curity"


def test_a_letter_of_another_alphabet_is_refused(street, browse):
    clerk = make_assignment("clerk", street, ["add_user", "view_user"]).user
    sent = {"username": CYRILLIC, "name": "王小明", "is_active": "on"}
    answer = browse(clerk).post(reverse("accounts:user-create"), sent)
    assert answer.status_code == 422
    assert "账号只能用英文字母" in answer.content.decode()
    assert not User.objects.filter(username=CYRILLIC).exists()

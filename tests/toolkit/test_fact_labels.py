from django.utils.translation import override

from accounts.models import User
from toolkit.screens.facts import label_of


def test_a_label_begins_large_in_english():
    with override("en"):
        assert [label_of(User(), name) for name in ("email", "last_login")] == [
            "Email address",
            "Last login",
        ]

"""Names of accounts that differ only in case, from before that was refused."""

import pytest

from accounts.models import User
from tests.factories import make_user
from tests.migrating import as_before

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_later_of_two_names_gets_a_number_that_nobody_has(capsys):
    with as_before("accounts", "0003_attempts_by_device"):
        keys = [make_user(name).pk for name in ("Wang", "wang", "wang-2", "chen")]
    names = dict(User.objects.values_list("pk", "username"))
    assert [names[pk] for pk in keys] == ["Wang", "wang-3", "wang-2", "chen"]
    assert "account wang is now called wang-3" in capsys.readouterr().out

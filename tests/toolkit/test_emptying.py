"""After a test that really commits the database is as it was."""

import pytest
from django.contrib.auth.models import Permission
from django.db import DatabaseError

from tests.factories import make_assignment
from tests.guards import empty_what_was_filled, filled_tables
from toolkit.audit import record
from toolkit.models import AuditEvent


@pytest.mark.django_db(transaction=True)
def test_what_was_committed_goes_and_the_guards_stay(street):
    user = make_assignment("clerk", street).user
    record("login", actor=user)
    assert {"toolkit_auditevent", "communities_orgunit"} <= set(filled_tables())
    known = Permission.objects.count()
    empty_what_was_filled()
    assert filled_tables() == []
    assert Permission.objects.count() == known > 0
    event = record("login", actor=None)
    with pytest.raises(DatabaseError):
        AuditEvent.objects.filter(pk=event.pk).delete()

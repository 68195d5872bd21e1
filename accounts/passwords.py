"""What a new password may not be: one of the last that the account has had."""

from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.utils.translation import ngettext

from accounts.models import UsedPassword


class NotOneOfTheLast:
    """Refuse the last few passwords of an account (GB/T 22239-2019, 8.1.4.1 a).

    A password that the office gave out is among them: whoever has read it out would
    otherwise know the owner's own.
    """

    def __init__(self, count: int = 5):
        self.count = count

    def validate(self, password, user=None):
        """Raise ValidationError for a password that the account has had."""
        if user is None or user.pk is None:
            return
        used = UsedPassword.objects.filter(user=user)[: self.count]
        known = {user.password, *(one.encoded for one in used)}
        if any(check_password(password, encoded) for encoded in known):
            raise ValidationError(self.get_help_text(), code="password_used_before")

    def password_changed(self, password, user=None):
        """Remember the password that was set; forget those before the last few."""
        rows = UsedPassword.objects.filter(user=user)
        rows.create(user=user, encoded=user.password)
        kept = list(rows.values_list("pk", flat=True)[: self.count])
        rows.exclude(pk__in=kept).delete()

    def get_help_text(self):
        words = ngettext(
            "不能是最近 %(count)d 次用过的密码，也不能是单位发的初始密码。",
            "不能是最近 %(count)d 次用过的密码，也不能是单位发的初始密码。",
            self.count,
        )
        return words % {"count": self.count}

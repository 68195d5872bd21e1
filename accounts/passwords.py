"""What a new password may not be: short, the owner's name, one of the last."""

from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import (
    MinimumLengthValidator,
    UserAttributeSimilarityValidator,
)
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import UsedPassword


class LongEnough(MinimumLengthValidator):
    """Django's rule in the office's words: its own catalogue lacks them."""

    def get_error_message(self):
        words = ngettext(
            "密码太短，至少要 %(count)d 个字符。",
            "密码太短，至少要 %(count)d 个字符。",
            self.min_length,
        )
        return words % {"count": self.min_length}

    get_help_text = get_error_message


class UnlikeTheOwner(UserAttributeSimilarityValidator):
    """Refuse the owner's name and account, alike or said several times over.

    Django compares the whole with them, and a name of three letters is not like a
    password of twelve, whatever the other nine are.
    """

    ATTRIBUTES = ("username", "name")
    # How many letters a password must have beside a name in it.
    LEFT = 6

    def __init__(self):
        super().__init__(self.ATTRIBUTES)

    def validate(self, password, user=None):
        """Raise ValidationError for a password that tells of its owner."""
        super().validate(password, user)
        whole = left = password.casefold()
        for attribute in self.ATTRIBUTES:
            told = getattr(user, attribute, "").casefold()
            left = left.replace(told, "") if told else left
        if left != whole and sum(map(str.isalpha, left)) < self.LEFT:
            raise ValidationError(self.get_error_message(), code="password_too_similar")

    def get_error_message(self):
        return _("密码和账号或姓名太相近，请换一个。")

    get_help_text = get_error_message


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
            "不能是最近 %(count)d 次用过的密码，也不能是单位发的临时密码。",
            "不能是最近 %(count)d 次用过的密码，也不能是单位发的临时密码。",
            self.count,
        )
        return words % {"count": self.count}

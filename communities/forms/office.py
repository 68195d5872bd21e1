"""Forms of the office's own calendar and limits."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities.models import OfficeDay, OfficeLimit
from toolkit.forms import StaffForm


class OfficeDayForm(StaffForm):
    """One date that differs from its weekday; its notice is the source."""

    class Meta:
        model = OfficeDay
        fields = ["date", "kind", "name", "source"]
        help_texts = {
            "kind": gettext_lazy(
                "登记有误不必删除：改为“照常（不调休）”，当天按星期正常计算。"
            ),
            "source": gettext_lazy("国务院办公厅的放假通知，写明文号。"),
        }


class OfficeLimitForm(StaffForm):
    """How long a limit runs here; what it is called and what starts it are fixed."""

    class Meta:
        model = OfficeLimit
        fields = ["amount", "unit", "rolls", "source", "source_mark", "note"]
        help_texts = {
            "amount": gettext_lazy("负数表示从事件往前算。"),
            "source": gettext_lazy("改短的，写明本街道的文件；法定期限不能改长。"),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.is_law:
            for name in ("unit", "rolls", "source_mark"):
                self.fields[name].disabled = True

    @property
    def is_law(self) -> bool:
        """Whether the limit stands in the law: how it is counted is the law's, too."""
        return self.initial.get("source_mark") == OfficeLimit.Mark.PRIMARY

    def clean(self):
        """Refuse a limit of the law that becomes longer, or a minimum that shrinks."""
        data = super().clean()
        amount, old = data.get("amount"), self.initial.get("amount")
        if amount is None or not self.is_law:
            return data
        at_least = self.instance.bound == OfficeLimit.Bound.AT_LEAST
        looser = abs(amount) < abs(old) if at_least else abs(amount) > abs(old)
        # Before the event or after it is part of the rule.
        if looser or (amount < 0) != (old < 0):
            raise ValidationError(_("这是法定期限，只能改得更严，不能放宽。"))
        return data

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from communities.models.base import ScopedModel
from communities.scoping import ScopedQuerySet, scope_of
from toolkit.formats import file_size
from toolkit.models import Job

IMPORT = "communities.import_resident"
# What a row of a file comes to, as people say it.
OUTCOME_WORDS = {
    "create": _("新增"),
    "update": _("更新"),
    "skip": _("不变"),
    "conflict": _("冲突"),
    "error": _("错误"),
}
WRITTEN = ("create", "update")
STILL_TO_WRITE = {"create": _("可新增"), "update": _("可更新")}


class RosterImportQuerySet(ScopedQuerySet):
    def in_scope_of(self, user, action: str = "view"):
        """Imports of the units for which the user may import residents himself."""
        scope = scope_of(user, IMPORT)
        return self.filter(scope.as_q(self.model.scope_path))


class RosterImport(ScopedModel):
    """A roster file handed in: checked first, then written whole or not at all.

    The unit is the one whose people the file holds. The counts are those of the last
    check; a commit that would come to other counts is refused.
    """

    class State(models.TextChoices):
        CHECKING = "checking", _("正在试算")
        CHECKED = "checked", _("等待写入")
        REFUSED = "refused", _("未写入（有错）")
        COMMITTING = "committing", _("正在写入")
        COMMITTED = "committed", _("已写入")
        EXPIRED = "expired", _("已过期")
        DROPPED = "dropped", _("已取消")

    file_name = models.CharField(_("文件名"), max_length=120)
    # Random name under var/rosters; the file goes when the import is over.
    stored_name = models.CharField(max_length=80, editable=False)
    kind = models.CharField(_("格式"), max_length=4)
    size = models.PositiveIntegerField(_("大小"))
    sha256 = models.CharField(_("文件摘要"), max_length=64)
    purpose = models.CharField(_("用途"), max_length=200, blank=True)
    state = models.CharField(
        _("状态"), max_length=10, choices=State, default=State.CHECKING
    )
    # Rows that collide with other records stay out; the rest is written.
    leaves_conflicts = models.BooleanField(_("冲突行不写入"), default=False)
    # {"create": 3, "update": 0, "skip": 9, "conflict": 0, "error": 1}
    counts = models.JSONField(_("结果"), default=dict)
    # [{"name": "滨江社区", "counts": {…}, "note": "", "headless": None}], the last for
    # households without a head {"count": 3, "first": [["0001", 12], …]}: number, line
    sheets = models.JSONField(_("工作表"), default=list)
    # The first problems: sheet, row, column, kind, sentence; values are masked.
    problems = models.JSONField(_("问题"), default=list)
    # Keyed digest over all that the checked file would write, and over what.
    outcome = models.CharField(max_length=64, blank=True, editable=False)
    message = models.CharField(_("说明"), max_length=300, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("导入人"),
    )
    job = models.ForeignKey(
        Job, models.PROTECT, null=True, related_name="+", verbose_name=_("后台任务")
    )
    checked_at = models.DateTimeField(_("试算时间"), null=True)
    committed_at = models.DateTimeField(_("写入时间"), null=True)

    objects = RosterImportQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("名册导入")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "id"], name="roster_import_by_state")]

    # Labels of facts that are no fields.
    fact_labels = {"size_words": _("大小")}

    def __str__(self):
        return self.file_name

    @property
    def size_words(self) -> str:
        return file_size(self.size)

    @property
    def is_over(self) -> bool:
        return self.state in (
            self.State.REFUSED,
            self.State.COMMITTED,
            self.State.EXPIRED,
            self.State.DROPPED,
        )

    @property
    def is_at_work(self) -> bool:
        """Whether the worker has it, or will have it."""
        return self.state in (self.State.CHECKING, self.State.COMMITTING)

    def count(self, outcome: str) -> int:
        """Return how many rows of the file come to this outcome."""
        return self.counts.get(outcome, 0)

    @property
    def rows(self) -> int:
        """How many rows the file holds."""
        return sum(self.counts.values())

    @property
    def changes(self) -> int:
        """How many rows a commit writes."""
        return self.count("create") + self.count("update")

    @property
    def headless(self) -> int:
        """How many households of the file will have no head."""
        told = (sheet.get("headless") for sheet in self.sheets)
        return sum(one["count"] for one in told if one)

    @property
    def outcome_words(self) -> str:
        """The counts that are not zero, in words: people written, rows not written."""
        found = []
        is_written = self.state == self.State.COMMITTED
        for key, word in OUTCOME_WORDS.items():
            unit = _("人") if key in WRITTEN else _("行")
            if not is_written:
                word = STILL_TO_WRITE.get(key, word)
            if count := self.count(key):
                found.append(f"{word} {count:,} {unit}")
        return "　".join(found)

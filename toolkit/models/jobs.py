from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Job(models.Model):
    """A piece of long work: waiting, running, done or failed.

    The row is the truth; a message to the worker only rings. Its business key keeps
    the same work from being ordered twice.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("等待")
        RUNNING = "running", _("正在处理")
        DONE = "done", _("已完成")
        FAILED = "failed", _("未完成")

    kind = models.SlugField(_("种类"), max_length=40)
    key = models.CharField(_("业务键"), max_length=120, unique=True)
    title = models.CharField(_("标题"), max_length=120)
    payload = models.JSONField(_("参数"), default=dict)
    state = models.CharField(
        _("状态"), max_length=10, choices=State, default=State.WAITING
    )
    attempts = models.PositiveSmallIntegerField(_("次数"), default=0)
    lease_until = models.DateTimeField(_("租期"), null=True)
    step = models.CharField(_("步骤"), max_length=120, blank=True)
    done_count = models.PositiveIntegerField(_("已处理"), default=0)
    total_count = models.PositiveIntegerField(_("总数"), default=0)
    result = models.JSONField(_("结果"), default=dict)
    message = models.CharField(_("说明"), max_length=300, blank=True)
    return_url = models.CharField(_("返回"), max_length=200, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("发起人"),
    )
    created_at = models.DateTimeField(_("提交时间"), auto_now_add=True)
    finished_at = models.DateTimeField(_("完成时间"), null=True)

    class Meta:
        verbose_name = verbose_name_plural = _("后台任务")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "lease_until"], name="job_by_state")]

    def __str__(self):
        return self.title

    @property
    def is_over(self) -> bool:
        return self.state in (self.State.DONE, self.State.FAILED)

    @property
    def percent(self) -> int:
        """Progress in whole percent, 0 while the total is unknown."""
        if self.state == self.State.DONE:
            return 100
        if not self.total_count:
            return 0
        return min(99, self.done_count * 100 // self.total_count)

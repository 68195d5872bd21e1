"""The audit trail in words: what was done, to what, and for which function.

    # reports/trail.py
    name_verbs(produced=_("生成报表"), restated=_("说明更正"))

Steps of a case need no name of their own: they bear the label of their transition.
"""

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from toolkit.models import AuditEvent
from toolkit.registry import Registry
from toolkit.workflow import workflows

verbs = Registry("audit verb")
verbs.update(
    {
        "created": _("登记"),
        "changed": _("修改"),
        "closed": _("结束"),
        "read": _("查看"),
        "revealed": _("显示隐藏内容"),
        "exported": _("导出"),
        "printed": _("打印"),
        "imported": _("导入"),
        "refused": _("拒绝访问"),
        "ran": _("运行命令"),
        "fetched": _("下载导出的文件"),
    }
)
PERMISSION_ACTS = {
    "view": _("查看"),
    "add": _("登记"),
    "change": _("修改"),
    "delete": _("删除"),
    "export": _("导出"),
    "reveal": _("显示隐藏内容"),
}


def name_verbs(words: dict[str, str] | None = None, **more) -> None:
    """Say in the office's words what verbs of the trail mean."""
    for verb, label in {**(words or {}), **more}.items():
        verbs.add(verb, label)


def all_verbs() -> dict:
    """Return the words of every verb that the trail can hold."""
    steps = {
        step.name: step.label
        for workflow in workflows.values()
        for step in workflow.transitions
    }
    return steps | verbs


def act_words(event: AuditEvent) -> str:
    """Return what was done: 登录, 修改, 提交审核."""
    return str(all_verbs().get(event.verb, event.verb))


def subject_words(event: AuditEvent) -> str:
    """Return what it was done to: 居民 19100, or 居民 for a batch; "" for a login."""
    name = event.subject_type or event.batch.partition(":")[0]
    try:
        label = apps.get_model(name)._meta.verbose_name
    except (LookupError, ValueError):
        return ""
    return f"{label} {event.subject_id}" if event.subject_id else str(label)


def purpose_words(event: AuditEvent) -> str:
    """Return what it was for; of a refusal, which function was refused."""
    if event.verb != "refused":
        return event.purpose
    if event.purpose == "local":
        return str(_("只限本机的地址"))
    app, _dot, codename = event.purpose.partition(".")
    act, _line, name = codename.partition("_")
    try:
        label = apps.get_model(app, name)._meta.verbose_name
    except (LookupError, ValueError):
        return event.purpose
    return f"{PERMISSION_ACTS.get(act, act)}{label}"

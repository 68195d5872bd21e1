"""The audit trail in words: what was done, to what, and for which function.

    # reports/trail.py
    name_verbs(produced=_("生成报表"), restated=_("说明更正"))

Steps of a case need no name of their own: they bear the label of their transition.
"""

from django.apps import apps
from django.utils.translation import gettext
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
        "revealed": _("查看遮挡信息"),
        "exported": _("导出"),
        "printed": _("打印"),
        "imported": _("导入"),
        "refused": _("被拒绝访问"),
        "ran": _("运行命令"),
        "fetched": _("下载导出的文件"),
    }
)
NUMBER_SHOWN = 8
# Models of libraries, whose names are not in our words.
MODELS = {"usersessions.usersession": _("登录的设备")}
PERMISSION_ACTS = {
    "view": _("查看"),
    "add": _("登记"),
    "change": _("修改"),
    "delete": _("删除"),
}
# What a view may ask for beside a permission; see `toolkit.policy`.
POLICIES = {
    "public": _("公开的页面"),
    "signed_in": _("登录后的页面"),
    "local": _("只限本机的地址"),
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
    """Return what it was done to: 居民（编号 9）, 居民 for a batch, "" for a login."""
    name = event.subject_type or event.batch.partition(":")[0]
    try:
        label = model_words(name)
    except (LookupError, ValueError):
        return ""
    if not event.subject_id:
        return str(label)
    facts = {"kind": label, "number": event.subject_id}
    return gettext("%(kind)s（编号 %(number)s）") % facts


def purpose_words(event: AuditEvent) -> str:
    """Return what it was for; what was refused had no purpose yet."""
    return "" if event.verb == "refused" else event.purpose


def refused_words(event: AuditEvent) -> str:
    """Return which function was refused, "" where nothing was."""
    if event.verb != "refused":
        return ""
    return str(POLICIES.get(event.purpose) or permission_words(event.purpose))


def permission_words(permission: str) -> str:
    """Return what a permission lets one do: 修改走访任务, 审核并发布通知公告."""
    app, _dot, codename = permission.partition(".")
    act, _line, name = codename.partition("_")
    try:
        meta = apps.get_model(app, name)._meta
    except (LookupError, ValueError):
        return permission
    named = dict(meta.permissions).get(codename)
    return str(
        named or f"{PERMISSION_ACTS.get(act, act)}{model_words(meta.label_lower)}"
    )


def model_words(name: str) -> str:
    """Return what a row of a model is called; raises LookupError for none."""
    return str(MODELS.get(name.lower()) or apps.get_model(name)._meta.verbose_name)


def batch_words(event: AuditEvent) -> str:
    """Return the run that an event belongs to; "" where it names the kind of rows."""
    _name, _colon, number = event.batch.partition(":")
    job = number.removeprefix("job ")
    if job != number:
        return gettext("后台任务%(number)s") % {"number": job}
    # Of a key that nobody reads aloud the beginning is enough.
    told = {"number": number[:NUMBER_SHOWN]}
    return gettext("第%(number)s批") % told if number else ""

"""What must hold before residents read a disclosure. Each answers with a sentence.

refusal = why_not_publish(disclosure, user)          # "" when it may be published
"""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from governance.disclosing.writers import has_written
from governance.models import Disclosure, DisclosureStatus
from toolkit import formats
from toolkit.privacy.detectors import find_personal_numbers

TAKEN = gettext_lazy("这一期的这个事项已经公开，要改请办理更正。")


def why_not_submit(disclosure: Disclosure, by) -> str:
    """Return what keeps it from being handed in, or ""."""
    return found_numbers(disclosure) or not_yet(disclosure) or taken(disclosure)


def why_not_review(disclosure: Disclosure, by) -> str:
    """Return the sentence that leaves the approval to a second person, or ""."""
    if has_written(disclosure, by):
        return _("起草人和改过内容的人不能审核自己的公开内容，请由另一人审核。")
    return ""


def why_not_recall(disclosure: Disclosure, by) -> str:
    """Return the sentence that keeps others from taking it back, or ""."""
    is_own = has_written(disclosure, by)
    return "" if is_own else _("只有起草人和改过内容的人可以撤回修改。")


def why_only_portal(disclosure: Disclosure, by) -> str:
    """Return the sentence that forbids a step to every person, or ""."""
    return "" if by is None else _("更正的内容发布时，原来的自动标为已更正。")


def why_not_publish(disclosure: Disclosure, by) -> str:
    """Return what keeps it from being published by this person, or ""."""
    return why_not_review(disclosure, by) or why_not_submit(disclosure, by)


def found_numbers(disclosure: Disclosure) -> str:
    """Refuse personal numbers: 个人信息保护法 25."""
    hits = find_personal_numbers(f"{disclosure.title}\n{disclosure.body}")
    hit = next(iter(hits), None)
    if hit is None:
        return ""
    words = _("不能公开：里面有%(label)s（%(masked)s），请去掉。")
    return words % {"label": hit.label, "masked": hit.masked}


def not_yet(disclosure: Disclosure) -> str:
    """Refuse what has not come about."""
    if disclosure.formed_on <= timezone.localdate():
        return ""
    words = _("%(period)s还没有结束，不能公开。")
    return words % {"period": disclosure.period_words}


def taken(disclosure: Disclosure) -> str:
    """Refuse a second publication of one matter for one period."""
    same = Disclosure.objects.filter(
        org_unit=disclosure.org_unit_id,
        matter=disclosure.matter_id,
        period=disclosure.period,
        status=DisclosureStatus.PUBLISHED,
    )
    if same.exclude(pk=disclosure.corrects_id).exclude(pk=disclosure.pk).exists():
        return str(TAKEN)
    return ""


def why_not_correct(disclosure: Disclosure, by) -> str:
    """Leave one correction at a time; money is put right by vouchers."""
    if disclosure.statement_id:
        return _("收支报表公布后不改：请在本期登记更正凭证，并写明原凭证。")
    if disclosure.corrections.filter(status__in=("draft", "review")).exists():
        return _("已经有一份更正正在起草。")
    return ""


def before_withdrawing(disclosure: Disclosure, by) -> str:
    """Return what taking it down today would mean (T01)."""
    left, display = disclosure.days_short, disclosure.display
    if not left:
        return _("公开期限已满，可以撤下。")
    words = ngettext(
        "还差 %(days)d 天才满公开期限，现在撤下，这一期按没有公开处理。",
        "还差 %(days)d 天才满公开期限，现在撤下，这一期按没有公开处理。",
        left,
    )
    return formats.sentences([words % {"days": left}, display.why])

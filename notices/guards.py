"""What must hold before residents see a notice. Each rule answers with a sentence.

    refusal = why_not_publish(notice, user)          # "" when it may be published

Rules: a second person (政府信息公开条例 17, review before publication), no personal
numbers (个人信息保护法 25, 28), an end and a telephone for what is up for comment.
"""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from communities.identity import normalise_phone, split_phones
from communities.models import UnitProfile
from notices.models import Category, Notice
from toolkit.privacy.detectors import find_personal_numbers, lines_with_doubtful_ids

# Places named in one sentence; the page of the notice lists them all.
NAMED_AT_ONCE = 5


def office_phones() -> frozenset[str]:
    """Return the phones that the office itself has made public, digits only."""
    listed = UnitProfile.objects.values_list("phone", "duty_phone")
    numbers = (part for pair in listed for text in pair for part in split_phones(text))
    return frozenset(filter(None, map(normalise_phone, numbers)))


def texts_of(notice: Notice) -> Iterator[tuple[str, str]]:
    """Yield (label of the field, text) of everything that residents would read."""
    for name in ("title", "gist", "body", "easy_title", "easy_body"):
        yield str(notice._meta.get_field(name).verbose_name), getattr(notice, name)
    for fact in notice.facts:
        yield fact["label"], fact["value"]
    for name in ("contact", "contact_phone", "document_number"):
        yield str(notice._meta.get_field(name).verbose_name), getattr(notice, name)


def personal_numbers(notice: Notice) -> list[str]:
    """Return "where: what" for every personal number in the notice and its files."""
    allowed = office_phones()
    places = []
    for label, text in texts_of(notice):
        for hit in find_personal_numbers(text, allowed):
            line = _("第 %d 行") % hit.line if "\n" in text else ""
            places.append(f"{label}{line}：{hit.label} {hit.masked}")
    for attachment in notice.attachments.kept():
        places += attachment_numbers(attachment, allowed)
    return places


def doubts(notice: Notice) -> list[str]:
    """Return a sentence for each line with what may be an ID number; none stops it."""
    words = _("%(place)s有18位数字，请核对是否为身份证号。")
    return [
        words % {"place": label + (_("第%d行") % line if "\n" in text else "")}
        for label, text in texts_of(notice)
        for line in lines_with_doubtful_ids(text)
    ]


def attachment_numbers(attachment, allowed) -> list[str]:
    """Return "where: what" for the name and the contents of one attachment."""
    named = {"title": attachment.title}
    places = [
        _("附件名称“%(title)s”：%(label)s %(masked)s")
        % {"title": hit.masked, "label": hit.label, "masked": hit.masked}
        for hit in find_personal_numbers(attachment.title, allowed)
    ]
    if places:
        named = {"title": attachment.kind}
    places += [
        _("附件《%(title)s》%(place)s：%(label)s %(masked)s") % (named | finding)
        for finding in attachment.findings
    ]
    return places


def shortcomings(notice: Notice) -> list[str]:
    """Return a sentence for everything that the notice still lacks."""
    missing = []
    if not notice.audience.exists():
        missing.append(_("没有选择发布范围。"))
    if notice.expires_at and notice.expires_at <= timezone.now():
        missing.append(_("截止时间已经过了。"))
    if notice.category == Category.DISCLOSURE and not notice.expires_at:
        missing.append(_("公示要写明截止时间。"))
    if notice.category == Category.DISCLOSURE and not notice.contact_phone:
        missing.append(_("公示要写明联系或监督电话。"))
    return missing


def problems(notice: Notice) -> list[str]:
    """Return everything that keeps the notice from being published, in sentences."""
    return shortcomings(notice) + personal_numbers(notice)


def why_not_submit(notice: Notice, by) -> str:
    """Return the sentence that forbids handing the notice in, or ""."""
    words = _("还不能提交审核，请先改：%(named)s%(rest)s。")
    return in_one_sentence(problems(notice), words)


def why_not_publish(notice: Notice, by) -> str:
    """Return the sentence that forbids the publication by this person, or ""."""
    return why_not_review(notice, by) or in_one_sentence(problems(notice))


def why_not_review(notice: Notice, by) -> str:
    """Return the sentence that leaves the approval to a second person, or ""."""
    if is_own(notice, by):
        return _("起草人和改过内容的人不能审核自己的通知，请由另一人审核。")
    return ""


def why_not_return(notice: Notice, by) -> str:
    """Return the sentence that keeps a writer from returning to himself, or ""."""
    if is_own(notice, by):
        return _("自己起草或改过的通知不用退回，请用“撤回修改”。")
    return ""


def why_not_adopt(notice: Notice, by) -> str:
    """Return the sentence that forbids taking over an older publication, or ""."""
    if refusal := why_only_commands(notice, by):
        return refusal
    if notice.publish_at is None or notice.publish_at > timezone.now():
        return _("补录的通知要有过去的发布时间。")
    return in_one_sentence(personal_numbers(notice))


def why_only_commands(notice: Notice, by) -> str:
    """Return the sentence that forbids a step to every person, or ""."""
    return "" if by is None else _("补录只能由系统管理员用命令办理。")


def why_not_recall(notice: Notice, by) -> str:
    """Return the sentence that keeps others from taking the notice back, or ""."""
    return "" if is_own(notice, by) else _("只有起草人和改过内容的人可以撤回修改。")


def is_own(notice: Notice, by) -> bool:
    """Whether the person wrote the notice or any part of it."""
    if by is None:
        return False
    return Notice.objects.written_by(by.pk).filter(pk=notice.pk).exists()


def in_one_sentence(found: list[str], words: str = "") -> str:
    """Return the problems as one sentence, the first few by name."""
    if not found:
        return ""
    named = "；".join(problem.rstrip("。.") for problem in found[:NAMED_AT_ONCE])
    more = len(found) - NAMED_AT_ONCE
    rest = _("，还有 %d 处") % more if more > 0 else ""
    words = words or _("不能发布：%(named)s%(rest)s。")
    return words % {"named": named, "rest": rest}

"""What goes with the office's reply to a question or a complaint."""

from django.utils import timezone
from django.utils.translation import gettext as _

from governance.models import Complaint, Question
from toolkit.privacy.detectors import find_personal_numbers


def why_not_reply(asked: Question | Complaint, by) -> str:
    """Return the sentence that asks for the reply, or forbids what stands in it."""
    if not asked.reply.strip():
        return _("请先点“写答复”，写好再发出。")
    if any(find_personal_numbers(asked.reply)):
        return _("答复里有身份证号、手机号或银行卡号，请去掉。")
    return ""


def give_reply(asked: Question | Complaint, by) -> None:
    """Effect of replying: the clock stops."""
    asked.replied_at, asked.replied_by = timezone.now(), by
    asked.save(update_fields=["replied_at", "replied_by"])


def accept(complaint: Complaint, by) -> None:
    """Effect of taking it up: the time for the decision begins."""
    complaint.accepted_at = timezone.now()
    complaint.save(update_fields=["accepted_at"])

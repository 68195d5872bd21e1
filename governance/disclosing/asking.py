"""What residents write without an account: a question, or a complaint to the street.

    question, code = ask(disclosure=…, text=…, is_open=True, address="10.0.0.7")

The code is told once and stored as a keyed hash; whoever wrote is not known. One
address may write so often in an hour (`count_asking`), and no text may hold the number
of a person or an address of the web.
"""

import re
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.models import OrgUnit
from governance.models import AskingTally, Complaint, Disclosure, Matter, Question
from governance.models.questions import hash_of, new_code
from toolkit import clocks
from toolkit.history import remember
from toolkit.privacy.blind import blind_index
from toolkit.privacy.detectors import find_personal_numbers

# A household or a small office behind one router.
PER_HOUR = 6
SHORTEST = 5
_WEB = re.compile(r"https?:|www\.|[a-z0-9]\.(?:com|cn|net|org|top|xyz)\b", re.I)


class TooOften(ValidationError):  # noqa: N818
    """So many texts from one address in one hour are too many."""


def check_words(text: str) -> None:
    """Raise ValidationError for what no resident need write here."""
    if len(text.strip()) < SHORTEST:
        raise ValidationError(_("请写得具体一些，至少%d个字。") % SHORTEST)
    if any(find_personal_numbers(text)):
        raise ValidationError(_("请不要写身份证号、手机号或银行卡号，这里不需要。"))
    if _WEB.search(text):
        raise ValidationError(_("请不要写网址。"))


def count_asking(address: str) -> None:
    """Count one more text of an address; raises TooOften."""
    hour = timezone.now().replace(minute=0, second=0, microsecond=0)
    source = blind_index("asking_address", address).hex()
    left = AskingTally.objects.filter(address=source, hour=hour, count__lt=PER_HOUR)
    if left.update(count=F("count") + 1):
        return
    begin_hour(source, hour)
    if not left.update(count=F("count") + 1):
        raise TooOften(_("这一小时提交的次数太多了，请过一小时再试，或打社区电话。"))


def begin_hour(source: str, hour: datetime) -> None:
    """Make the count of an hour unless it is there; those before it are forgotten."""
    with transaction.atomic():
        tallies = AskingTally.objects
        _row, is_new = tallies.get_or_create(address=source, hour=hour)
        if is_new:
            tallies.filter(hour__lt=hour).delete()


@transaction.atomic
def ask(
    *, disclosure: Disclosure, text: str, is_open: bool, address: str
) -> tuple[Question, str]:
    """Write down a question; return it with the code that leads back to it.

    Raises TooOften, or ValidationError for what is not taken.
    """
    check_words(text)
    count_asking(address)
    code = new_code()
    limit = clocks.limit("T22", profile=disclosure.org_unit.rule_profile)
    question = Question.objects.create(
        org_unit=disclosure.org_unit,
        disclosure=disclosure,
        text=text,
        is_open=is_open,
        code_hash=hash_of(code),
        due_on=clocks.run(limit, timezone.now()).due_on,
    )
    remember(question, "created", _("居民提问"))
    return question, code


@transaction.atomic
def complain(
    *, unit: OrgUnit, kind: str, matter: Matter | None, text: str, address: str
) -> tuple[Complaint, str]:
    """Write down a complaint to the street; return it with its code, as `ask`."""
    check_words(text)
    count_asking(address)
    code = new_code()
    complaint = Complaint.objects.create(
        org_unit=unit, kind=kind, matter=matter, text=text, code_hash=hash_of(code)
    )
    remember(complaint, "created", _("居民反映"))
    return complaint, code


def found_by(code: str) -> Question | Complaint | None:
    """Return what a code opens, None where it opens nothing."""
    wanted = hash_of(code)
    for model in (Question, Complaint):
        rows = model.objects.select_related("org_unit")
        if found := rows.filter(code_hash=wanted).first():
            return found
    return None

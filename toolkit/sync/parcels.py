"""One item of a batch on its way from what was sent to an answer."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from hashlib import sha256
from uuid import RFC_4122, UUID

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers

from toolkit import formats
from toolkit.marks import colon
from toolkit.models import SyncItem
from toolkit.sync.clock import Moment
from toolkit.sync.fields import MomentField
from toolkit.sync.kinds import kinds

# Characters of one body; a visit has some three hundred.
LONGEST_BODY = 20_000
LONGEST_REASON = SyncItem._meta.get_field("reason").max_length
# Made by chance, or by time and chance (RFC 9562): no two phones make the same.
VERSIONS = (4, 7)

# What is kept bears one of the first three; the others are answers alone.
CREATED, CONFLICT, HANDOVER = SyncItem.Result.values
DUPLICATE, INVALID, RETRY = "duplicate", "invalid", "retry"
RESULTS = (CREATED, DUPLICATE, CONFLICT, HANDOVER, INVALID, RETRY)


# What a person calls the fields of an item.
LABELS = {
    "client_uuid": gettext_lazy("手机编号"),
    "kind": gettext_lazy("种类"),
    "body": gettext_lazy("内容"),
    "sha256": gettext_lazy("摘要"),
    "occurred_at": gettext_lazy("手机上的时间"),
    "written_at": gettext_lazy("登记时间"),
    "zone": gettext_lazy("时区"),
    "base_version": gettext_lazy("依据版本"),
}
# What the library would say in its own words, by the code of its refusal.
OUR_WORDS = {
    "null_characters_not_allowed": gettext_lazy(
        "内容里有看不见的控制字符，请重新输入。"
    ),
}
# Outside of these years nothing is to be put right by any error of a clock.
YEARS = (1900, 2200)


def readable(told):
    """Return what the phone is told without halves of characters, which no text holds.

    Sentences about wrong values repeat them. What the library says is told in our words
    where we have some.
    """
    if isinstance(told, dict):
        return {readable(key): readable(value) for key, value in told.items()}
    if isinstance(told, list):
        return [readable(one) for one in told]
    told = OUR_WORDS.get(getattr(told, "code", None), told)
    return str(told).encode(errors="replace").decode()


def sentences_in(told) -> Iterator[str]:
    """Yield every sentence of what is wrong, however deep the fields are nested.

    A wrong value that they repeat may hold what PostgreSQL keeps in no text.
    """
    if isinstance(told, dict | list):
        for one in told.values() if isinstance(told, dict) else told:
            yield from sentences_in(one)
    else:
        yield told.replace("\0", "")


def sentence_of(errors: dict, labels: Mapping) -> str:
    """Return what is wrong as a person reads it: where in several fields, in which."""
    parts = {name: list(sentences_in(told)) for name, told in errors.items()}
    if len(parts) > 1:
        labels = LABELS | labels
        parts = {
            name: [str(labels[name]) + colon() + formats.sentences(dict.fromkeys(told))]
            if name in labels
            else told
            for name, told in parts.items()
        }
    return formats.sentences(dict.fromkeys(s for told in parts.values() for s in told))


def known_version(value: UUID) -> None:
    if value.variant != RFC_4122 or value.version not in VERSIONS:
        raise serializers.ValidationError(_("编号的格式不对。"))


class BodyField(serializers.CharField):
    """The text of an item: JSON, what it holds depends on the kind."""


class ItemSerializer(serializers.Serializer):
    """An item as it is sent; the body is a text, so that its digest is exact."""

    client_uuid = serializers.UUIDField(validators=[known_version])
    kind = serializers.CharField(max_length=30)
    body = BodyField(max_length=LONGEST_BODY, trim_whitespace=False)
    sha256 = serializers.RegexField(r"^[0-9a-f]{64}$")
    occurred_at = MomentField()
    zone = serializers.CharField(max_length=40, allow_blank=True, default="")
    base_version = serializers.CharField(max_length=64, allow_blank=True, default="")
    # When it was written down, where that is not when it happened.
    written_at = MomentField(allow_null=True, default=None)
    keep = serializers.BooleanField(default=False)

    default_error_messages = {
        "digest": gettext_lazy("内容与摘要不符，请重新发送。"),
        "json": gettext_lazy("内容不是一个 JSON 对象。"),
        "kind": gettext_lazy("没有这种登记。"),
        "year": gettext_lazy("时间不对，请核对手机的日期。"),
    }

    def validate_kind(self, value: str) -> str:
        if value not in kinds:
            self.fail("kind")
        return value

    def validate_occurred_at(self, value: datetime) -> datetime:
        if not YEARS[0] <= value.year <= YEARS[1]:
            self.fail("year")
        return value

    def validate_written_at(self, value: datetime | None) -> datetime | None:
        return value and self.validate_occurred_at(value)

    def validate(self, attrs):
        if sha256(attrs["body"].encode()).hexdigest() != attrs["sha256"]:
            raise serializers.ValidationError({"sha256": self.error_messages["digest"]})
        try:
            content = json.loads(attrs["body"])
        except (ValueError, RecursionError):
            content = None
        if not isinstance(content, dict):
            raise serializers.ValidationError({"body": self.error_messages["json"]})
        written_at = attrs["written_at"] or attrs["occurred_at"]
        return attrs | {"content": content, "written_at": written_at}


@dataclass
class Parcel:
    """An item that can be read, and what is to be answered."""

    client_uuid: UUID
    kind: str
    body: str
    content: dict
    digest: str
    base_version: str
    occurred_at: datetime
    zone: str
    moment: Moment
    # When it was written down, with the error of the clock taken out.
    written_at: datetime
    # Why a person must look at it, whatever it says.
    doubt: str = ""
    # Whether nobody can put it right on the phone: a person here shall see it.
    is_kept: bool = False
    # What the kind makes of the content when it has looked at it.
    cleaned: dict = field(default_factory=dict)
    result: str = ""
    reason: str = ""
    unit_path: str = ""
    errors: dict = field(default_factory=dict)
    item: SyncItem | None = None
    number: int | None = None
    # The number of the record that it puts right; its own where it becomes one.
    record: UUID | None = None
    # The registers in which the record stands besides, for who has handed it in.
    entered_in: list[str] = field(default_factory=list)
    # The version of the record that it writes, where a phone may correct that.
    version: str = ""

    @property
    def latest(self) -> datetime:
        """The later one of when it was and when it was written down."""
        return max(self.moment.at, self.written_at)

    @cached_property
    def day(self) -> date:
        """The day on which it was, as the office counts days."""
        return timezone.localdate(self.moment.at)

    @property
    def is_open(self) -> bool:
        """Whether nothing has been decided about it."""
        return not self.result

    def forget(self) -> None:
        """Begin anew: what was decided has been undone with its transaction."""
        self.result, self.reason, self.unit_path = "", "", ""
        self.errors, self.item, self.number = {}, None, None
        self.record, self.version = None, ""

    def refuse(self, errors: dict) -> None:
        """Nothing is kept: the phone shows what is wrong with which field.

        Where it cannot, as the key of the day is gone, the text is kept for a person.
        """
        faults = sentence_of(readable(errors), kinds[self.kind].labels)
        if self.is_kept:
            self.hand_over(self.unit_path, faults)
        else:
            self.result, self.errors, self.reason = INVALID, readable(errors), faults

    def turn_down(self, errors: dict) -> None:
        """Refuse it, and keep nothing of it whatever the phone asks."""
        self.is_kept = False
        self.refuse(errors)

    def hand_over(self, unit_path: str, reason: str) -> None:
        """Lay it into the tray of the unit that answers for the person now."""
        self.result, self.unit_path, self.reason = HANDOVER, unit_path, reason

    def put_off(self, reason: str = "") -> None:
        """It cannot be decided now; the phone sends it again."""
        self.result, self.reason = RETRY, reason or _("暂时没有存上，请稍后再发送。")

    def row(self, by, received_at: datetime, result: str) -> SyncItem:
        """Return the row that keeps it, not stored yet.

        Its reason is written in the language of the office, whose people read it too.
        """
        reason = ""
        if self.reason:
            with translation.override(settings.LANGUAGE_CODE):
                reason = str(self.reason)[:LONGEST_REASON]
        became = self.record or self.client_uuid
        return SyncItem(
            client_uuid=self.client_uuid,
            kind=self.kind,
            digest=self.digest,
            body=self.body,
            base_version=self.base_version,
            occurred_at=self.occurred_at,
            zone=self.zone,
            moment=self.moment.at,
            clock_error=round(self.moment.error.total_seconds()),
            is_uncertain=self.moment.is_uncertain,
            received_at=received_at,
            by_id=by.pk,
            result=result,
            status=SyncItem.first_status(result),
            status_since=received_at,
            reason=reason,
            unit_path=self.unit_path,
            record=became if result == CREATED else None,
            version=self.version if result == CREATED else "",
        )

    def answer(self) -> dict:
        """Return what the phone is told of it."""
        told = {"client_uuid": str(self.client_uuid), "result": self.result}
        if self.errors:
            told["errors"] = self.errors
        if self.item is not None:
            told |= {"receipt": self.item.pk, "number": self.number}
            told |= {"version": self.item.version} if self.item.version else {}
            told |= {"entered_in": self.entered_in} if self.entered_in else {}
        return told | ({"message": str(self.reason)} if self.reason else {})

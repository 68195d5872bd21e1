from datetime import datetime, timedelta
from functools import partial

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import JSONParser
from rest_framework.response import Response
from rest_framework.views import APIView

from toolkit.models import PhoneLease
from toolkit.sync.fields import MomentField
from toolkit.sync.leases import (
    SIGNED_IN_OR_LEASE,
    LeaseAuthentication,
    doubt_about,
    may_hold,
)
from toolkit.sync.parcels import RESULTS, ItemSerializer
from toolkit.sync.receiving import receive

# A clock that is wrong by more than a life cannot be reckoned with.
MOST_WRONG = timedelta(days=60 * 365)
# Twice what must be answered item by item; beyond it no phone has written that much.
MOST_SENT = 20_000


class TooManyItems(APIException):
    """So many that not even an answer for each of them is built."""

    status_code, default_code = 413, "too-many-items"


class BatchParser(JSONParser):
    """A JSON object that is not nested without end and holds so many items at most."""

    def parse(self, stream, media_type=None, parser_context=None):
        try:
            sent = super().parse(stream, media_type, parser_context)
        except RecursionError as refusal:
            raise ParseError(_("内容的层次太多。")) from refusal
        except ParseError as refusal:
            raise ParseError(_("内容不是 JSON，请重新发送。")) from refusal
        if not isinstance(sent, dict):
            raise ParseError(_("内容不是一个 JSON 对象。"))
        items = sent.get("items")
        if isinstance(items, list) and len(items) > MOST_SENT:
            words = _("一次最多发送%(count)d条，请分几次发送。")
            raise TooManyItems(words % {"count": MOST_SENT})
        return sent


class BatchSerializer(serializers.Serializer):
    """What surrounds the items; each of them is read for itself."""

    device = serializers.UUIDField(required=False)
    sent_at = MomentField()
    items = serializers.ListField(allow_empty=True)

    def validate_sent_at(self, value: datetime) -> datetime:
        if abs(timezone.now() - value) > MOST_WRONG:
            raise serializers.ValidationError(_("时间不对，请核对手机的日期。"))
        return value


class SentBatch(BatchSerializer):
    """The same as the schema tells it, with the fields of an item."""

    items = ItemSerializer(many=True)


class AnswerSerializer(serializers.Serializer):
    """What became of one item."""

    client_uuid = serializers.CharField(allow_null=True)
    result = serializers.ChoiceField(choices=RESULTS)
    receipt = serializers.IntegerField(required=False)
    number = serializers.IntegerField(required=False, allow_null=True)
    # Of the record as it was written: what a correction gives as its base_version.
    version = serializers.CharField(required=False)
    # The registers in which the record stands besides, such as ledgers.
    entered_in = serializers.ListField(child=serializers.CharField(), required=False)
    message = serializers.CharField(required=False)
    errors = serializers.DictField(required=False)


class ReceivedBatch(serializers.Serializer):
    """The answers, in the order in which the items were sent."""

    received_at = serializers.DateTimeField()
    # Whether the phone may still hold what it has taken along.
    may_hold = serializers.BooleanField()
    items = AnswerSerializer(many=True)


class SyncView(APIView):
    """Hand in what was written down out of reach; every item is answered."""

    policy = SIGNED_IN_OR_LEASE
    authentication_classes = (LeaseAuthentication, SessionAuthentication)
    parser_classes = (BatchParser,)

    @extend_schema(
        operation_id="sync", request=SentBatch, responses={200: ReceivedBatch}
    )
    def post(self, request):
        batch = BatchSerializer(data=request.data)
        batch.is_valid(raise_exception=True)
        now, sent = timezone.now(), batch.validated_data
        items = receive(
            sent["items"],
            sent_at=sent["sent_at"],
            by=request.user,
            now=now,
            doubt_about=partial(doubt_about, request.auth),
            may_keep=isinstance(request.auth, PhoneLease),
        )
        told = {"received_at": now, "may_hold": may_hold(request.auth, now)}
        return Response(told | {"items": items})

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from toolkit.policy import SIGNED_IN
from toolkit.sync.parcels import RESULTS, ItemSerializer
from toolkit.sync.receiving import receive


class BatchSerializer(serializers.Serializer):
    """What surrounds the items; each of them is read for itself."""

    device = serializers.UUIDField(required=False)
    sent_at = serializers.DateTimeField()
    items = serializers.ListField(allow_empty=True)


class SentBatch(BatchSerializer):
    """The same as the schema tells it, with the fields of an item."""

    items = ItemSerializer(many=True)


class AnswerSerializer(serializers.Serializer):
    """What became of one item."""

    client_uuid = serializers.CharField(allow_null=True)
    result = serializers.ChoiceField(choices=RESULTS)
    receipt = serializers.IntegerField(required=False)
    number = serializers.IntegerField(required=False, allow_null=True)
    message = serializers.CharField(required=False)
    errors = serializers.DictField(required=False)


class ReceivedBatch(serializers.Serializer):
    """The answers, in the order in which the items were sent."""

    received_at = serializers.DateTimeField()
    items = AnswerSerializer(many=True)


class SyncView(APIView):
    """Hand in what was written down out of reach; every item is answered."""

    policy = SIGNED_IN

    @extend_schema(
        operation_id="sync", request=SentBatch, responses={200: ReceivedBatch}
    )
    def post(self, request):
        batch = BatchSerializer(data=request.data)
        batch.is_valid(raise_exception=True)
        now, sent = timezone.now(), batch.validated_data
        when = {"sent_at": sent["sent_at"], "now": now}
        items = receive(sent["items"], by=request.user, **when)
        return Response({"received_at": now, "items": items})

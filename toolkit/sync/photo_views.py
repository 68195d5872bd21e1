import re

from django.core.exceptions import RequestDataTooBig, ValidationError
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import NotFound, ParseError
from rest_framework.response import Response
from rest_framework.views import APIView

from toolkit.models import SyncPhoto
from toolkit.sync import photos
from toolkit.sync.leases import SIGNED_IN_OR_LEASE, LeaseAuthentication

RANGE = re.compile(r"bytes ([0-9]{1,10})-([0-9]{1,10})/([0-9]{1,10})")


class ReceivedPhoto(serializers.ModelSerializer):
    """How much of a photo is here: the phone goes on from there."""

    is_whole = serializers.BooleanField()

    class Meta:
        model = SyncPhoto
        fields = ("received", "is_whole", "refusal")


class PhotoView(APIView):
    """Hand in a photo piece by piece; ask how much of it is here."""

    policy = SIGNED_IN_OR_LEASE
    authentication_classes = (LeaseAuthentication, SessionAuthentication)
    # The body is a piece of the envelope, as it is.
    parser_classes = ()

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        if not photos.DIGEST.fullmatch(kwargs["digest"]):
            raise NotFound

    @extend_schema(operation_id="sync_photo_received", responses=ReceivedPhoto)
    def get(self, request, client_uuid, digest):
        photo = photos.find(client_uuid, digest, request.user)
        if photo is None:
            raise NotFound
        return Response(ReceivedPhoto(photo).data)

    @extend_schema(
        operation_id="sync_photo",
        parameters=[OpenApiParameter("Content-Range", str, OpenApiParameter.HEADER)],
        request={"application/octet-stream": OpenApiTypes.BINARY},
        responses=ReceivedPhoto,
    )
    def put(self, request, client_uuid, digest):
        start, end, size = range_of(request)
        piece = request.body
        if len(piece) > photos.MOST_PIECE:
            raise RequestDataTooBig
        if len(piece) != end - start + 1:
            raise ParseError(_("内容和标明的长度不符，请重新发送。"))
        try:
            photo = photos.begun(client_uuid, digest, request.user, size)
        except ValidationError as refusal:
            raise serializers.ValidationError(refusal.messages) from None
        return Response(ReceivedPhoto(photos.take_piece(photo, start, piece)).data)


def range_of(request) -> tuple[int, int, int]:
    """Return first and last byte of the piece, and the size of the whole."""
    found = RANGE.fullmatch(request.headers.get("Content-Range", ""))
    if found is None:
        raise ParseError(_("没有标明是照片的哪一段。"))
    start, end, size = map(int, found.groups())
    return start, end, size

import re

from django.core.exceptions import RequestDataTooBig, ValidationError
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import (
    APIException,
    NotFound,
    ParseError,
    PermissionDenied,
    Throttled,
)
from rest_framework.response import Response
from rest_framework.views import APIView

from toolkit.models import SyncPhoto
from toolkit.sync import photos
from toolkit.sync.leases import SIGNED_IN_OR_LEASE, LeaseAuthentication

RANGE = re.compile(r"bytes ([0-9]{1,10})-([0-9]{1,10})/([0-9]{1,10})")


class NeverTaken(APIException):
    """The phone need not send it again, ever."""

    status_code, default_code = 422, photos.NEVER


class BeginAnew(APIException):
    """What had come was lost or spoiled: all of it is to be sent again, later."""

    status_code, default_code = 409, "begin-anew"


class ReceivedPhoto(serializers.ModelSerializer):
    """How much of a photo is here: the phone goes on from there."""

    is_whole = serializers.BooleanField()

    class Meta:
        model = SyncPhoto
        fields = ("received", "is_whole", "refusal")


class PhotoView(APIView):
    """Hand in a photo piece by piece; ask how much of it is here.

    422 says that this photo is never taken; after any other refusal the phone keeps it
    and tries again later: 429 another day, 409 from its first byte.
    """

    policy = SIGNED_IN_OR_LEASE
    authentication_classes = (LeaseAuthentication, SessionAuthentication)
    # The body is a piece of the envelope, as it is.
    parser_classes = ()

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        if not photos.DIGEST.fullmatch(kwargs["digest"]):
            raise NotFound
        if not request.user.is_active:
            raise PermissionDenied(_("登记人的账号已停用。"))

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
            raise ParseError(_("内容和标明的长度不符，请重新发送。"), "length")
        try:
            photo = photos.begun(client_uuid, digest, request.user, size)
        except ValidationError as refusal:
            raise as_answer(refusal) from None
        begun_as = photo.size
        photo = photos.take_piece(photo, start, piece, size)
        if not photo.received and begun_as != size:
            raise BeginAnew(_("照片的总长度和先前标明的不同，请从头发送。"))
        if not photo.received:
            raise BeginAnew(_("照片在路上损坏了，请重新发送。"))
        return Response(ReceivedPhoto(photo).data)


def as_answer(refusal: ValidationError) -> APIException:
    """Return what the phone is told of a photo that is not begun."""
    kind = Throttled if refusal.code == photos.TOO_MANY_TODAY else NeverTaken
    return kind(detail=refusal.messages[0])


def range_of(request) -> tuple[int, int, int]:
    """Return first and last byte of the piece, and the size of the whole."""
    found = RANGE.fullmatch(request.headers.get("Content-Range", ""))
    if found is None:
        raise ParseError(_("没有标明是照片的哪一段。"), "range")
    start, end, size = map(int, found.groups())
    return start, end, size

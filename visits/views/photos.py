from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _
from django.views.generic import View

from toolkit import audit
from toolkit.downloads import as_download
from toolkit.permissions import permission_name
from toolkit.policy import Policy
from toolkit.refusals import not_found
from toolkit.sync.photos import kept_of, kept_with
from visits.comparison import may_be_shown
from visits.models import HandedIn, Visit

PERMISSION = "visits.view_visit"
TRAY_PERMISSION = permission_name(HandedIn, "view")


class PhotoView(View):
    """Hand out a photo of a visit to who may see the visit; it is written down."""

    policy = Policy("permission", PERMISSION)

    def get(self, request, pk, uid):
        visit = Visit.objects.in_scope_of(request.user).filter(pk=pk).first()
        if visit is None:
            raise not_found(request.user, PERMISSION, Visit.objects.filter(pk=pk))
        return handed_out(visit, kept_of(visit.client_uuid), uid)


class TrayPhotoView(View):
    """Hand out a photo of a text in a tray, as long as that has become no visit."""

    policy = Policy("permission", TRAY_PERMISSION)

    def get(self, request, pk, uid):
        item = HandedIn.objects.in_scope_of(request.user).filter(pk=pk).first()
        if item is None:
            named = HandedIn.objects.filter(pk=pk)
            raise not_found(request.user, TRAY_PERMISSION, named)
        found = kept_with(item)
        return handed_out(item, found if may_be_shown(item) else found.none(), uid)


def handed_out(subject: Visit | HandedIn, photos: QuerySet, uid: UUID):
    """Return the picture that bears a number among some; 404 where none does."""
    photo = photos.filter(uid=uid).first()
    if photo is None:
        raise Http404(_("没有这张照片。"))
    audit.record("read", subject=subject, fields=["photos"])
    name = f"{subject.pk}-{photo.uid.hex[:8]}.jpg"
    return as_download(photo.file, name=name, media_type="image/jpeg")

from django.http import Http404
from django.utils.translation import gettext as _
from django.views.generic import View

from toolkit import audit
from toolkit.downloads import as_download
from toolkit.policy import Policy
from toolkit.refusals import not_found
from toolkit.sync.photos import kept_of
from visits.models import Visit

PERMISSION = "visits.view_visit"


class PhotoView(View):
    """Hand out a photo of a visit to who may see the visit; it is written down."""

    policy = Policy("permission", PERMISSION)

    def get(self, request, pk, uid):
        visit = Visit.objects.in_scope_of(request.user).filter(pk=pk).first()
        if visit is None:
            raise not_found(request.user, PERMISSION, Visit.objects.filter(pk=pk))
        photo = kept_of(visit.client_uuid, visit.logged_by).filter(uid=uid).first()
        if photo is None:
            raise Http404(_("没有这张照片。"))
        audit.record("read", subject=visit, fields=["photos"])
        name = f"{visit.pk}-{photo.uid.hex[:8]}.jpg"
        return as_download(photo.file, name=name, media_type="image/jpeg")

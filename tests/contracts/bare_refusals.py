"""The addresses of the portal, with refusals that are a status and no page.

Who is refused is decided as ever; only the page around it, with the whole menu of the
person, is not drawn.
"""

from django.http import HttpResponse

from yuhai_portal.urls import handler400, handler500, urlpatterns

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def handler403(request, exception=None):
    return HttpResponse(status=403)


def handler404(request, exception=None):
    return HttpResponse(status=404)

"""The portal's URLs, and beside them the pages it is compared with."""

from django.contrib import admin
from django.urls import include, path

from benchmarks import floors, plain
from toolkit.policy import SIGNED_IN
from yuhai_portal import policies
from yuhai_portal.urls import (
    handler400,
    handler403,
    handler404,
    handler500,
    urlpatterns,
)

__all__ = ["handler400", "handler403", "handler404", "handler500"]

FOREIGN = policies.FOREIGN | {"django.contrib.admin.options": SIGNED_IN}

urlpatterns = [
    path("bench/floor/list/", floors.residents),
    path("bench/floor/day/", floors.day),
    path("bench/floor/find/<int:number>/", floors.answer),
    path("bench/plain/", plain.Residents.as_view()),
    path("bench/admin/", admin.site.urls),
    path("", include(urlpatterns)),
]

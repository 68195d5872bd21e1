"""One line an app; the prefix is the app's name. The public site has the root."""

from django.urls import include, path
from django.views.i18n import set_language
from django_prometheus.exports import ExportToDjangoView
from drf_spectacular.views import SpectacularAPIView

from portal import errors, health
from toolkit.api import resources
from toolkit.sync import schema  # noqa: F401  tells the schema what a lease is
from toolkit.sync.photo_views import PhotoView
from toolkit.sync.views import SyncView

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error

api = [path(route, view, name=name) for route, name, view in resources()]
api += [
    path("sync/", SyncView.as_view(), name="sync"),
    path(
        "sync/photos/<uuid:client_uuid>/<slug:digest>/",
        PhotoView.as_view(),
        name="sync-photo",
    ),
]

urlpatterns = [
    path("", include("portal.urls")),
    path("accounts/", include("accounts.urls")),
    path("accounts/", include("accounts.login_urls")),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("accounts/sessions/", include("allauth.usersessions.urls")),
    path("communities/", include("communities.urls")),
    path("visits/", include("visits.urls")),
    path("notices/", include("notices.urls")),
    path("volunteers/", include("volunteers.urls")),
    path("governance/", include("governance.urls")),
    path("services/", include("services.urls")),
    path("learning/", include("learning.urls")),
    path("ecology/", include("ecology.urls")),
    path("safety/", include("safety.urls")),
    path("desk/", include("reports.desk_urls")),
    path("reports/", include("reports.urls")),
    path("jobs/", include("toolkit.urls")),
    path("language/", set_language, name="set_language"),
    path("api/v1/schema/", SpectacularAPIView.as_view(), name="api-schema"),
    path("api/v1/", include((api, "api"))),
    path("metrics", ExportToDjangoView, name="prometheus-django-metrics"),
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
]

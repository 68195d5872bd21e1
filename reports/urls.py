from django.urls import path

from reports import views
from reports.screens import MetricTargetScreens

app_name = "reports"
urlpatterns = [
    path("", views.overview, name="overview"),
    *MetricTargetScreens.urls(),
    path("lines/<int:pk>/restate/", views.restate, name="restate"),
    path("<slug:schedule>/<slug:period>/", views.show_period, name="period"),
    path("<slug:schedule>/<slug:period>/order/", views.order, name="order"),
    path(
        "<slug:schedule>/<slug:period>/table.<slug:kind>",
        views.hand_out_file,
        name="file",
    ),
    path("<slug:schedule>/<slug:period>/<slug:code>/", views.show_unit, name="unit"),
]

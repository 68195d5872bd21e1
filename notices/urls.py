from django.urls import path

from notices import views
from notices.screens import NoticeScreens

app_name = "notices"
urlpatterns = [
    *NoticeScreens.urls(),
    path("notices/<int:pk>/buildings/", views.pick_buildings, name="notice-buildings"),
    path("notices/<int:pk>/files/", views.add_attachment, name="attachment-add"),
    path(
        "notices/<int:pk>/files/<int:attachment_pk>/",
        views.show_attachment,
        name="attachment",
    ),
    path(
        "notices/<int:pk>/files/<int:attachment_pk>/remove/",
        views.remove_attachment,
        name="attachment-remove",
    ),
]

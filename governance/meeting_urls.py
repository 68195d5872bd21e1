"""The addresses of meetings, their motions, and what members open on a phone."""

from django.urls import path

from governance import views
from governance.screens import MeetingScreens, MotionScreens

urlpatterns = [
    path("door/<uuid:door>/", views.DoorView.as_view(), name="meeting-door"),
    path("seat/<str:code>/", views.SeatView.as_view(), name="meeting-seat"),
    path(
        "meetings/<int:pk>/attendance/",
        views.AttendanceView.as_view(),
        name="meeting-attendance",
    ),
    path(
        "meetings/<int:pk>/invitations/",
        views.InvitationsView.as_view(),
        name="meeting-invitations",
    ),
    path("meetings/<int:pk>/sheet/", views.SheetView.as_view(), name="meeting-sheet"),
    path(
        "meetings/<int:pk>/minutes/",
        views.MinutesView.as_view(),
        name="meeting-minutes",
    ),
    path("motions/<int:pk>/papers/", views.PapersView.as_view(), name="motion-papers"),
    path("motions/<int:pk>/tally/", views.TallyView.as_view(), name="motion-tally"),
    *MeetingScreens.urls(),
    *MotionScreens.urls(),
]

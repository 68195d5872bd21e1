from django.urls import path

from visits import views
from visits.screens import (
    CaseloadScreens,
    DueVisitScreens,
    ExtraRoundScreens,
    ExtraVisitScreens,
    HandedInScreens,
    HandOverScreens,
    LedgerEntryScreens,
    VisitDutyScreens,
    VisitRuleScreens,
    VisitScreens,
)

app_name = "visits"
urlpatterns = [
    path("today/", views.TodayView.as_view(), name="today"),
    path("today/sheet/", views.SheetView.as_view(), name="sheet"),
    path("offline/", views.ShellView.as_view(), name="offline"),
    path("offline/take/", views.TakeAlongView.as_view(), name="take-along"),
    path("offline/worker.js", views.WorkerView.as_view(), name="offline-worker"),
    path("overdue/", views.OverdueView.as_view(), name="overdue"),
    path("responsible/", views.ResponsibleView.as_view(), name="responsible"),
    path("responsible/all/", views.CoverageView.as_view(), name="coverage"),
    path("visits/new/", views.LogView.as_view(), name="visit-new"),
    path("visits/find/", views.FindView.as_view(), name="visit-find"),
    path("visits/<int:pk>/receipt/", views.ReceiptView.as_view(), name="visit-receipt"),
    path("visits/<int:pk>/correct/", views.CorrectView.as_view(), name="visit-correct"),
    path(
        "visits/<int:pk>/photos/<uuid:uid>/",
        views.PhotoView.as_view(),
        name="visit-photo",
    ),
    path(
        "trays/<int:pk>/photos/<uuid:uid>/",
        views.TrayPhotoView.as_view(),
        name="handedin-photo",
    ),
    path("visits/<int:pk>/ledgers/", views.EnterView.as_view(), name="visit-enter"),
    path(
        "ledgerentries/<int:pk>/strike/",
        views.StrikeView.as_view(),
        name="ledgerentry-strike",
    ),
    *VisitScreens.urls(),
    *VisitDutyScreens.urls(),
    *DueVisitScreens.urls(),
    *VisitRuleScreens.urls(),
    *LedgerEntryScreens.urls(),
    *HandedInScreens.urls(),
    *CaseloadScreens.urls(),
    *HandOverScreens.urls(),
    *ExtraRoundScreens.urls(),
    *ExtraVisitScreens.urls(),
]

from django.urls import path

from visits import views
from visits.screens import (
    CaseloadScreens,
    DueVisitScreens,
    ExtraRoundScreens,
    ExtraVisitScreens,
    HandOverScreens,
    VisitDutyScreens,
    VisitRuleScreens,
    VisitScreens,
)

app_name = "visits"
urlpatterns = [
    path("today/", views.TodayView.as_view(), name="today"),
    path("today/sheet/", views.SheetView.as_view(), name="sheet"),
    path("overdue/", views.OverdueView.as_view(), name="overdue"),
    path("responsible/", views.ResponsibleView.as_view(), name="responsible"),
    path("visits/new/", views.LogView.as_view(), name="visit-new"),
    path("visits/find/", views.FindView.as_view(), name="visit-find"),
    path("visits/<int:pk>/receipt/", views.ReceiptView.as_view(), name="visit-receipt"),
    path("visits/<int:pk>/correct/", views.CorrectView.as_view(), name="visit-correct"),
    *VisitScreens.urls(),
    *VisitDutyScreens.urls(),
    *DueVisitScreens.urls(),
    *VisitRuleScreens.urls(),
    *CaseloadScreens.urls(),
    *HandOverScreens.urls(),
    *ExtraRoundScreens.urls(),
    *ExtraVisitScreens.urls(),
]

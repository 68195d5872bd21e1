from django.urls import path

from communities import finding_urls
from communities.screens import (
    BoundaryChangeScreens,
    BuildingScreens,
    ConversionConditionScreens,
    HonourScreens,
    HouseholdScreens,
    LaneScreens,
    OfficeDayScreens,
    OfficeLimitScreens,
    OrganisationScreens,
    OrgUnitScreens,
    PopulationEventScreens,
    PopulationSnapshotScreens,
    RelocationScreens,
    ResidentScreens,
    RosterImportScreens,
    UnitProfileScreens,
)
from communities.screens.rosters import RosterCommitScreen, RosterDropScreen
from communities.views import households, population, rosters, suggestions, tree

app_name = "communities"
urlpatterns = [
    path("units/", tree.show_tree, name="unit-tree"),
    path(
        "households/suggest/", suggestions.suggest_households, name="household-suggest"
    ),
    path("buildings/suggest/", suggestions.suggest_buildings, name="building-suggest"),
    path("households/new/", households.FoundView.as_view(), name="household-found"),
    path(
        "households/<int:pk>/undo/",
        households.UndoView.as_view(),
        name="household-undo",
    ),
    path(
        "households/<int:pk>/steps/<slug:slug>/",
        households.HouseholdStepView.as_view(),
        name="household-step",
    ),
    path(
        "residents/<int:pk>/join/",
        households.JoinView.as_view(),
        name="resident-join",
    ),
    path(
        "residents/<int:pk>/event/",
        population.EventView.as_view(),
        name="resident-event",
    ),
    path(
        "populationevents/<int:pk>/reverse/",
        population.ReverseView.as_view(),
        name="populationevent-reverse",
    ),
    path("rosters/template/", rosters.template, name="rosterimport-template"),
    path("rosters/<int:pk>/marked/", rosters.marked, name="rosterimport-marked"),
    path(
        "rosters/<int:pk>/commit/",
        RosterCommitScreen.as_view(screens=RosterImportScreens),
        name="rosterimport-commit",
    ),
    path(
        "rosters/<int:pk>/drop/",
        RosterDropScreen.as_view(screens=RosterImportScreens),
        name="rosterimport-drop",
    ),
    *finding_urls.urlpatterns,
    *OrgUnitScreens.urls(),
    *UnitProfileScreens.urls(),
    *LaneScreens.urls(),
    *BuildingScreens.urls(),
    *HouseholdScreens.urls(),
    *ResidentScreens.urls(),
    *RosterImportScreens.urls(),
    *PopulationEventScreens.urls(),
    *RelocationScreens.urls(),
    *OrganisationScreens.urls(),
    *HonourScreens.urls(),
    *PopulationSnapshotScreens.urls(),
    *BoundaryChangeScreens.urls(),
    *ConversionConditionScreens.urls(),
    *OfficeDayScreens.urls(),
    *OfficeLimitScreens.urls(),
]

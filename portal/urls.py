from django.urls import path

from portal.views import (
    choices,
    home,
    machines,
    notices,
    recruitments,
    shelters,
    texts,
    units,
)

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("search/", home.search, name="search"),
    path("needs/<slug:slug>/", home.need, name="need"),
    path("notices/", notices.notice_list, name="notices"),
    path("notices/<int:pk>/", notices.notice, name="notice"),
    path("notices/<int:pk>/poster/", notices.poster, name="poster"),
    path("notices/<int:pk>/files/<uuid:uid>/", notices.attachment, name="attachment"),
    path("units/", units.unit_list, name="units"),
    path("units/<str:code>/", units.unit, name="unit"),
    path("recruitments/", recruitments.results, name="recruitments"),
    path("shelters/", shelters.shelters, name="shelters"),
    path("my-community/", choices.my_community, name="my-community"),
    path("display/", choices.display, name="display"),
    path("privacy/", texts.privacy, name="privacy"),
    path("accessibility/", texts.accessibility, name="accessibility"),
    path("site-map/", texts.site_map, name="site-map"),
    path("feeds/notices.atom", machines.feed, name="feed"),
    path("favicon.ico", machines.icon, name="icon"),
    path("robots.txt", machines.robots, name="robots"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
]

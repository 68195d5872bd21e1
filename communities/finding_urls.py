from django.urls import path

from communities import finding_views

urlpatterns = [
    path("find/", finding_views.find, name="find"),
    path("find/<int:number>/", finding_views.find_results, name="find-results"),
]

from django.urls import path

from toolkit import views

app_name = "toolkit"
urlpatterns = [
    path("<int:pk>/", views.show_job, name="job"),
    path("<int:pk>/file/", views.download, name="job-file"),
]

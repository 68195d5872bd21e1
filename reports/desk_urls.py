from django.urls import path

from reports import desk

app_name = "desk"
urlpatterns = [
    path("", desk.show_desk, name="desk"),
    path("dues/", desk.show_dues, name="dues"),
    path("table.<slug:kind>", desk.hand_out_month, name="file"),
]

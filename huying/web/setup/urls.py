from django.urls import path

from huying.web.setup import calendar, pages

app_name = "setup"
urlpatterns = [
    path("", pages.home, name="home"),
    *calendar.urlpatterns,
]

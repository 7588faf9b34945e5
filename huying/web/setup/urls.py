from django.urls import path

from huying.web.setup import calendar, explain, ladder, pages

app_name = "setup"
urlpatterns = [
    path("", pages.home, name="home"),
    *calendar.urlpatterns,
    *ladder.urlpatterns,
    *explain.urlpatterns,
]

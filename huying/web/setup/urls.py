from django.urls import path

from huying.web.setup import pages

app_name = "setup"
urlpatterns = [path("", pages.home, name="home")]

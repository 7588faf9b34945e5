from django.urls import path

from huying.web.public import pages, seals

app_name = "public"
urlpatterns = [
    path("", pages.home, name="home"),
    path("phones/", pages.contacts, name="contacts"),
    path("privacy/", pages.privacy, name="privacy"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("seals/", seals.page, name="seals"),
    path("seals/seals.json", seals.file, name="seals_file"),
]

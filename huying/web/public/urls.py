from django.urls import path

from huying.web.public import pages, seals, survey

app_name = "public"
urlpatterns = [
    path("", pages.home, name="home"),
    path("phones/", pages.contacts, name="contacts"),
    path("privacy/", pages.privacy, name="privacy"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("survey/thanks/", survey.thanks, name="survey_thanks"),
    path("survey/<slug:code>/", survey.slip, name="survey"),
    path("seals/", seals.page, name="seals"),
    path("seals/seals.json", seals.file, name="seals_file"),
]

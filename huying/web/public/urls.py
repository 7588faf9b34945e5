from django.urls import path

from huying.web.public import answers, figures, opendata, pages, seals, survey

app_name = "public"
urlpatterns = [
    path("", pages.home, name="home"),
    path("phones/", pages.contacts, name="contacts"),
    path("privacy/", pages.privacy, name="privacy"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("survey/thanks/", survey.thanks, name="survey_thanks"),
    path("survey/<slug:code>/", survey.slip, name="survey"),
    path("answers/", answers.answers, name="answers"),
    path("answers/feed.atom", answers.feed, name="answers_feed"),
    path("answers/<slug:token>/", answers.answer, name="answer"),
    path("figures/", figures.figures, name="figures"),
    path("data/", opendata.page, name="data"),
    path("data/answers.csv", opendata.answers_csv, name="answers_csv"),
    path("data/answers.json", opendata.answers_json, name="answers_json"),
    path("data/figures.csv", opendata.figures_csv, name="figures_csv"),
    path("data/figures.json", opendata.figures_json, name="figures_json"),
    path("seals/", seals.page, name="seals"),
    path("seals/seals.json", seals.file, name="seals_file"),
]

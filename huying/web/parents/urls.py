from django.urls import path

from huying.web.parents import acts, home, opinion, photos, progress, proof, report

app_name = "parents"
urlpatterns = [
    path("", home.start, name="start"),
    path("s/<slug:code>/", home.home, name="home"),
    path("report/", report.report, name="report"),
    path("progress/", progress.progress, name="progress"),
    path("progress/leave/", progress.leave, name="leave"),
    path("progress/<int:pk>/files/<slug:token>/", photos.photo, name="photo"),
    path("progress/<int:pk>/receipt/", proof.proof, name="proof"),
    path("progress/<int:pk>/opinion/", opinion.opinion, name="opinion"),
    path("progress/<int:pk>/<slug:doing>/", acts.act, name="act"),
]

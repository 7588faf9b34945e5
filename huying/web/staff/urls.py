from django.urls import path

from huying.web.staff import (
    act,
    audit,
    case,
    clerk,
    exports,
    feed,
    invitation,
    letters,
    search,
    second_factor,
    sign_in,
    tray,
)

app_name = "staff"
urlpatterns = [
    path("", tray.tray, name="tray"),
    path("register/", clerk.register, name="register"),
    path("register/schools/", clerk.schools, name="register_schools"),
    path("register/beside/", clerk.beside, name="register_beside"),
    path("search/", search.search, name="search"),
    path("letters/", letters.letters, name="letters"),
    path("letters/read/", letters.read_letters, name="read_letters"),
    path("audit/", audit.audit, name="audit"),
    path("audit/exports/", exports.taken, name="exports"),
    path("export/", exports.export, name="export"),
    path("appeals/<int:pk>/", case.appeal, name="appeal"),
    path("appeals/<int:pk>/dates/", case.dates, name="dates"),
    path("appeals/<int:pk>/print/", case.printed, name="print"),
    path("appeals/<int:pk>/draft/", case.save_draft, name="draft"),
    path("files/<slug:token>/", case.attachment, name="file"),
    *act.urlpatterns,
    path("login/", sign_in.login, name="login"),
    path("invitation/<slug:token>/", invitation.invitation, name="invitation"),
    path("sign_out/", sign_in.sign_out, name="sign_out"),
    path("password/", sign_in.password, name="password"),
    path("me/", sign_in.me, name="me"),
    path("me/end_session/", sign_in.end_session, name="end_session"),
    *second_factor.urlpatterns,
    *feed.urlpatterns,
]

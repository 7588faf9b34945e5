"""The kit under the names that the bases link to, so that the parts can be seen without the rest of the house."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from huying.rules.enums import PostKind
from huying.web.components import kit
from huying.web.components.doors import holder_only, open_to_all, setup_only, staff_only


@open_to_all
def anyone(request: HttpRequest) -> HttpResponse:
    return HttpResponse("anyone")


parents = [path("report/", anyone, name="report"), path("progress/", anyone, name="progress")]
public = [
    path("", anyone, name="home"),
    path("privacy/", anyone, name="privacy"),
    path("accessibility/", anyone, name="accessibility"),
    path("phones/", anyone, name="contacts"),
]
staff = [
    path("", staff_only()(anyone), name="tray"),
    path("login/", anyone, name="login"),
    path("dispatch/", staff_only(PostKind.DISPATCHER, PostKind.COUNTY_DISPATCHER)(anyone), name="dispatch"),
]
urlpatterns = [
    path("", include((parents, "parents"))),
    path("open/", include((public, "public"))),
    path("staff/", include((staff, "staff"))),
    path("setup/", include(([path("", setup_only(anyone), name="home")], "setup"))),
    path("comfort/", include("huying.web.components.urls")),
    path("mine/", holder_only(anyone)),
    path("kit/", include((kit.urlpatterns, "kit"))),
]

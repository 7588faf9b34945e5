from django.urls import path

from huying.web.components import comfort

app_name = "comfort"
urlpatterns = [
    path("", comfort.set_comfort, name="set"),
    path("leave/", comfort.leave, name="leave"),
]

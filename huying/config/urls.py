"""Addresses, by audience."""

from django.urls import include, path

urlpatterns = [
    path("staff/", include("huying.web.staff.urls")),
    path("setup/", include("huying.web.setup.urls")),
    path("open/", include("huying.web.public.urls")),
    path("comfort/", include("huying.web.components.urls")),
    path("", include("huying.web.parents.urls")),
]

handler400 = "huying.web.components.failures.refused"
handler404 = "huying.web.components.failures.missing"
handler500 = "huying.web.components.failures.broken"

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Holds the templates and static files of all pages; it has no tables."""

    name = "huying.web"
    label = "web"

from django.apps import AppConfig


class OpsConfig(AppConfig):
    name = "huying.ops"
    label = "ops"

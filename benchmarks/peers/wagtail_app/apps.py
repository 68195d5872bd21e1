from django.apps import AppConfig


class WagtailAppConfig(AppConfig):
    name = "benchmarks.peers.wagtail_app"
    label = "benchpages"

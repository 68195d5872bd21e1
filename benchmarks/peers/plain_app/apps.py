from django.apps import AppConfig


class PlainAppConfig(AppConfig):
    name = "benchmarks.peers.plain_app"
    label = "plain"

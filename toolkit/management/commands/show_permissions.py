import json

from django.core.management.base import BaseCommand

from toolkit.url_policies import every_route


class Command(BaseCommand):
    help = "List every URL and method with the policy that guards it."

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, as_json, **options):
        routes = list(every_route())
        if as_json:
            self.stdout.write(json.dumps(routes, ensure_ascii=False, indent=1))
            return
        for route in routes:
            methods = ",".join(route["methods"])
            self.stdout.write(f"{methods:<10} {route['url']:<60} {route['policy']}")

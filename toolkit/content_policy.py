"""The Content-Security-Policy of the portal: one for every page, written once.

No view changes it and no page carries a nonce, so django-csp need not put it together
for each answer.
"""

from dataclasses import asdict

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponse


class OnePolicyMiddleware(CSPMiddleware):
    """django-csp's middleware for a site whose pages all have the same policy."""

    def __init__(self, get_response):
        super().__init__(get_response)
        parts = self.get_policy_parts(request=HttpRequest(), response=HttpResponse())
        self.policy = build_policy(**asdict(parts))

    def process_request(self, request):
        """Give no nonce: a page that wants one fails at once."""

    def process_response(self, request, response):
        # The pages on which Django explains an error to a developer need more.
        if settings.DEBUG:
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, self.policy)
        return response

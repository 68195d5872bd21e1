"""How a lease is told in the OpenAPI schema; importing the module is enough."""

from drf_spectacular.extensions import OpenApiAuthenticationExtension

from toolkit.sync.leases import SCHEME, LeaseAuthentication


class LeaseScheme(OpenApiAuthenticationExtension):
    """The header by which a phone hands in for its owner."""

    target_class = LeaseAuthentication
    name = "lease"

    def get_security_definition(self, auto_schema) -> dict:
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": f"{SCHEME} <token>",
        }

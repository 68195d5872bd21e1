"""What the OpenAPI schema tells of leases and of the texts of items.

Importing is enough.
"""

from drf_spectacular.extensions import (
    OpenApiAuthenticationExtension,
    OpenApiSerializerFieldExtension,
)

from toolkit.sync.kinds import kinds
from toolkit.sync.leases import SCHEME, LeaseAuthentication
from toolkit.sync.parcels import BodyField


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


class BodyOfItem(OpenApiSerializerFieldExtension):
    """A text that is itself JSON: for each kind of item, what stands in it."""

    target_class = BodyField

    def map_serializer_field(self, auto_schema, direction) -> dict:
        bodies = {
            slug: auto_schema.resolve_serializer(kind.reader, direction).ref
            for slug, kind in sorted(kinds.items())
        }
        return {
            "type": "string",
            "maxLength": self.target.max_length,
            "description": "JSON, by the kind of the item as told in x-bodies",
            "x-bodies": bodies,
        }

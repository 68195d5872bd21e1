"""Where a request comes from when proxies of our own stand before the portal."""

from ipaddress import ip_address

from django.conf import settings

# What proxies add to a request; each may be set up to add only one of them.
FORWARDED = (
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PORT",
    "HTTP_FORWARDED",
    "HTTP_X_REAL_IP",
    "HTTP_VIA",
)


class ClientAddressMiddleware:
    """Put the address of the client into REMOTE_ADDR, for everything that asks.

    The header is believed only from a proxy of YUHAI_TRUSTED_PROXIES, and read from its
    end: the last address that is not such a proxy is the one the outermost of them saw.
    What stands before it, anybody may have written.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.META["REMOTE_ADDR"] = client_address(request.META)
        return self.get_response(request)


def client_address(meta: dict) -> str:
    """Return the last hop that is no proxy of ours."""
    address = meta.get("REMOTE_ADDR", "")
    hops = [hop.strip() for hop in meta.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    while address in settings.YUHAI_TRUSTED_PROXIES and hops:
        hop = hops.pop()
        if not is_address(hop):
            break
        address = hop
    return address


def is_address(text: str) -> bool:
    """Answer whether the text is an IP address."""
    try:
        return bool(ip_address(text))
    except ValueError:
        return False


def is_local(request) -> bool:
    """Answer for a request of this machine itself, through no proxy."""
    if any(name in request.META for name in FORWARDED):
        return False
    return request.META.get("REMOTE_ADDR") in settings.INTERNAL_IPS

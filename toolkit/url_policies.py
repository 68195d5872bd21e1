"""Every URL of the portal with its methods and its policy, read from the URLconf."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from toolkit.policy import policy_of

FORMS = ("GET", "POST")
NOT_SERVED = {"HEAD", "OPTIONS", "TRACE"}


def every_pattern(resolver=None, prefix: str = "", space: str = "") -> Iterator[tuple]:
    """Yield (url, full name, pattern) for every route."""
    for pattern in (resolver or get_resolver()).url_patterns:
        url = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from every_pattern(pattern, url, inner)
        elif isinstance(pattern, URLPattern):
            yield f"/{url}", f"{space}{pattern.name}", pattern


def methods_of(view) -> list[str]:
    """Return the HTTP methods a view answers."""
    holder = getattr(view, "view_class", None) or getattr(view, "cls", None)
    if holder is None:
        return list(getattr(view, "methods", FORMS))
    names = [name.upper() for name in holder.http_method_names if hasattr(holder, name)]
    return [name for name in names if name not in NOT_SERVED]


def every_route() -> Iterator[dict]:
    """Yield {"url", "name", "methods", "policy"}; policy is None where undeclared."""
    for url, name, pattern in every_pattern():
        policy = policy_of(pattern.callback, pattern.name)
        yield {
            "url": url,
            "name": name,
            "methods": methods_of(pattern.callback),
            "policy": str(policy) if policy else None,
        }

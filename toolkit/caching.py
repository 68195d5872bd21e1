"""A cache that may vanish: without Redis pages are slower, never broken."""

import logging

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


def forgiving(name: str, fallback):
    """Return a cache method that answers `fallback(args)` when Redis is away."""

    def method(self, *args, **kwargs):
        try:
            return getattr(super(ForgivingRedisCache, self), name)(*args, **kwargs)
        except RedisError:
            logger.warning("the cache is away: %s", name)
            return fallback(*args, **kwargs)

    return method


class ForgivingRedisCache(RedisCache):
    """Django's Redis cache that treats an absent server as an empty one."""

    get = forgiving("get", lambda key, default=None, **kwargs: default)
    get_many = forgiving("get_many", lambda keys, **kwargs: {})
    set = forgiving("set", lambda *args, **kwargs: None)
    set_many = forgiving("set_many", lambda *args, **kwargs: [])
    add = forgiving("add", lambda *args, **kwargs: True)
    delete = forgiving("delete", lambda *args, **kwargs: False)
    touch = forgiving("touch", lambda *args, **kwargs: False)
    has_key = forgiving("has_key", lambda *args, **kwargs: False)
    delete_many = forgiving("delete_many", lambda *args, **kwargs: None)
    clear = forgiving("clear", lambda *args, **kwargs: False)
    # Counted from nothing; `decr` is an `incr` of less.
    incr = forgiving("incr", lambda key, delta=1, **kwargs: delta)

    def incr_version(self, key, delta=1, version=None):
        """Count the version of a key up; a key that is gone has none to lose."""
        try:
            return super().incr_version(key, delta, version)
        except ValueError:
            return (self.version if version is None else version) + delta

"""Database, broker and cache: embedded by default, PostgreSQL and Redis by URL."""

from pathlib import Path

import environ

env = environ.Env()


def database(var_dir: Path) -> dict:
    """Return the default database; SQLite in `var_dir` unless DATABASE_URL is set."""
    url = env.str("DATABASE_URL", "")
    if url:
        config = env.db_url_config(url)
    else:
        config = {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(var_dir / "yuhai.sqlite3"),
        }
    if config.get("ENGINE", "").endswith("sqlite3"):
        config["OPTIONS"] = {
            # Write locks are taken at BEGIN, so that a read never turns into a failure.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
                "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-65536;"
            ),
        }
    # A new connection for each request costs more than the request.
    config["CONN_MAX_AGE"] = 300
    config["CONN_HEALTH_CHECKS"] = True
    return config


def broker(var_dir: Path) -> dict:
    """Return Celery's broker settings; folders in `var_dir` unless REDIS_URL is set."""
    url = env.str("REDIS_URL", "")
    if url:
        return {
            "CELERY_BROKER_URL": url,
            "CELERY_BROKER_TRANSPORT_OPTIONS": {
                "socket_timeout": 1,
                "socket_connect_timeout": 1,
                "visibility_timeout": 3600,
            },
        }
    names = ("messages", "processed", "control")
    folders = {name: var_dir / "celery" / name for name in names}
    # kombu does not create the folders of its filesystem transport.
    for folder in folders.values():
        folder.mkdir(parents=True, exist_ok=True)
    return {
        "CELERY_BROKER_URL": "filesystem://",
        "CELERY_BROKER_TRANSPORT_OPTIONS": {
            "data_folder_in": str(folders["messages"]),
            "data_folder_out": str(folders["messages"]),
            "processed_folder": str(folders["processed"]),
            "control_folder": str(folders["control"]),
            "store_processed": False,
        },
    }


def caches() -> dict:
    """Return the caches: Redis if REDIS_URL is set, else this process's memory."""
    url = env.str("REDIS_URL", "")
    if not url:
        return {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    return {
        "default": {
            "BACKEND": "toolkit.caching.ForgivingRedisCache",
            "LOCATION": url,
            "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1},
        }
    }

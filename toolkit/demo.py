"""The demo: every app adds its part, so that every page has life.

    @demo("visits", order=50)
    def load_visits(plan: DemoPlan) -> str: ...      # returns one line for the operator

Parts run in order. A part draws only from `plan.random`, so one seed gives one demo.
Order: units 10, residents 20, accounts 30, visit rules and duties 40, visits 50,
notices 60, teams and registers 70, reports 90.
"""

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

from django.apps import apps
from django.conf import settings
from django.db.models import Model

from toolkit.console import tell_run
from toolkit.declared import screens
from toolkit.registry import Registry

parts = Registry("demo part")
PASSWORD_FILE = "demo-password"  # noqa: S105 - the name of a file under var/


@dataclass(frozen=True)
class DemoPlan:
    """What the demo is to hold, and the day it takes for today."""

    residents: int
    random: Random
    today: date


def demo(slug: str, *, order: int) -> Callable:
    """Register a function (plan) -> line as a part of the demo."""
    return lambda function: parts.add((order, slug), function)


def load_all(plan: DemoPlan) -> Iterator[tuple[str, str]]:
    """Load every part in order; yield its name and what it says it loaded.

    Parts load in bulk, past the trail, so it is told of each model what was added.
    """
    for (_order, slug), load in sorted(parts.items()):
        models = models_of(load)
        before = [count(model) for model in models]
        line = load(plan)
        for model, had in zip(models, before, strict=True):
            if added := count(model) - had:
                tell_run("load_demo", added, batch=model._meta.label_lower)
        yield slug, line


def models_of(load: Callable) -> list[type[Model]]:
    """Return the models with screens of the app that a part belongs to."""
    label = apps.get_containing_app_config(load.__module__).label
    models = [one.model for one in screens.values() if not one.model._meta.proxy]
    return [model for model in models if model._meta.app_label == label]


def count(model: type[Model]) -> int:
    return model._base_manager.count()


def demo_password() -> str:
    """Return the password of the demo accounts, made up once per installation."""
    file = Path(settings.VAR_DIR) / PASSWORD_FILE
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(secrets.token_urlsafe(12))
        file.chmod(0o600)
    return file.read_text().strip()

"""House rules that a machine can check."""

import ast
import re
from io import StringIO

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command

from tests.architecture.test_imports import LEVEL, MODULES, ROOT, name_of
from toolkit.pillars import PillarConfig
from toolkit.workflow import workflows
from yuhai_portal.celery import app

OUR_MODELS = [m for m in apps.get_models() if m._meta.app_label in LEVEL]
MAX_LINES = 300
MAX_FUNCTION = 40
VAGUE = {"services.py", "utils.py", "helpers.py", "common.py", "misc.py"}


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, stdout=StringIO())


def test_every_migration_has_a_name():
    unnamed = [p for p in ROOT.glob("*/migrations/*_auto_*.py")]
    assert unnamed == []


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_module_fits_in_the_head(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MAX_LINES
    assert path.name not in VAGUE


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_function_fits_on_a_screen(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef):
            assert node.end_lineno - node.lineno < MAX_FUNCTION, node.name


def test_every_pillar_has_an_icon_and_a_place_in_the_menu():
    configs = [c for c in apps.get_app_configs() if isinstance(c, PillarConfig)]
    assert {c.label for c in configs} == set(settings.PILLAR_APPS)
    assert all(c.icon and c.hue for c in configs)
    assert len({c.order for c in configs}) == len(configs)


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda m: m._meta.label)
def test_model_speaks_chinese_and_has_a_sentence(model):
    assert not str(model._meta.verbose_name).isascii()
    assert model.__str__ is not object.__str__
    assert model.__doc__
    assert not model.__doc__.startswith(f"{model.__name__}(")


@pytest.mark.parametrize("workflow", workflows.values(), ids=list(workflows))
def test_every_state_can_be_reached(workflow):
    field = workflow.model._meta.get_field("status")
    states = {value for value, _ in field.choices}
    targets = {t.target for t in workflow.transitions}
    assert states == targets | {field.default, *workflow.begins}


def assigned_names(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            yield from (getattr(target, "attr", "") for target in node.targets)


def test_only_the_workflow_writes_a_status():
    for path in MODULES:
        if path.name != "workflow.py":
            tree = ast.parse(path.read_text(encoding="utf-8"))
            assert "status" not in set(assigned_names(tree)), path


def test_superusers_are_known_to_the_scope_alone():
    knowing = [
        name_of(p) for p in MODULES if "is_superuser" in p.read_text(encoding="utf-8")
    ]
    assert set(knowing) <= {"communities/scoping.py", "accounts/backends.py"}


def test_no_signal_receivers_of_our_own():
    for path in MODULES:
        assert "@receiver" not in path.read_text(encoding="utf-8"), path


def test_no_role_is_named_in_python():
    roles = (ROOT / "accounts/data/roles.toml").read_text(encoding="utf-8")
    names = {
        line.split('"')[1] for line in roles.splitlines() if line.startswith("name =")
    }
    for path in MODULES:
        text = path.read_text(encoding="utf-8")
        assert not [name for name in names if f'"{name}"' in text], path


def test_beat_rings_tasks_that_exist():
    app.loader.import_default_modules()
    scheduled = {entry["task"] for entry in app.conf.beat_schedule.values()}
    assert scheduled <= set(app.tasks)


def test_no_test_empties_the_cache_of_another():
    """On Redis, clear() takes what the other process of the run has just stored."""
    emptying = re.compile(r"\bcaches?\b.*\.clear\(")
    found = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "tests").rglob("*.py")
        if emptying.search(path.read_text(encoding="utf-8"))
    }
    assert found == {"tests/conftest.py"}

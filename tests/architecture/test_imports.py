"""The direction of imports. Lower layers know nothing of higher ones."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LAYERS = [
    {"toolkit"},
    {"communities"},
    {"accounts"},
    {"visits", "notices", "volunteers"},
    {"governance", "services", "learning", "ecology", "safety"},
    {"reports"},
    {"portal"},
    {"yuhai_portal"},
]
LEVEL = {app: level for level, apps in enumerate(LAYERS) for app in apps}
# Reports read registries; a report that imports a pillar would know it by name.
FORBIDDEN = {("reports", app) for app in LAYERS[3] | LAYERS[4]}
MODULES = [
    path
    for app in sorted(LEVEL)
    for path in sorted((ROOT / app).rglob("*.py"))
    if "migrations" not in path.parts
]


def name_of(path):
    return str(path.relative_to(ROOT))


def imported_apps(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module]
        yield from (name.split(".")[0] for name in names)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_only_from_layers_below(path):
    app = path.relative_to(ROOT).parts[0]
    for other in set(imported_apps(path)) & set(LEVEL) - {app}:
        assert LEVEL[other] < LEVEL[app], f"{app} must not import {other}"
        assert (app, other) not in FORBIDDEN, f"{app} must not import {other}"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_nothing_inside_a_function(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            inner = [
                n
                for n in ast.walk(function)
                if isinstance(n, ast.Import | ast.ImportFrom)
            ]
            assert not inner, f"import inside {function.name}"

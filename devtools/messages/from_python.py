"""Find messages in Python source with its own syntax tree."""

import ast
from collections.abc import Iterator

from devtools.messages.found import SHAPES, Message, Mistake

HOME = "django.utils.translation"


def messages_in(source: str, file: str) -> Iterator[Message | Mistake]:
    """Yield every message that the source marks, and the marks that cannot work."""
    tree = ast.parse(source)
    names = _names(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (function := _function(node, names)):
            yield from _message(node, function, file)


def _names(tree: ast.Module) -> dict[str, str]:
    """Return what each gettext function is called in this module."""
    names = {"_": "gettext"} | {name: name for name in SHAPES}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == HOME:
            names |= {
                alias.asname or alias.name: alias.name
                for alias in node.names
                if alias.name in SHAPES
            }
    return names


def _function(call: ast.Call, names: dict[str, str]) -> str | None:
    if isinstance(call.func, ast.Name):
        return names.get(call.func.id)
    if isinstance(call.func, ast.Attribute) and call.func.attr in SHAPES:
        return call.func.attr
    return None


def _message(call: ast.Call, function: str, file: str) -> Iterator[Message | Mistake]:
    places = SHAPES[function]
    if len(call.args) <= max(place for place in places if place is not None):
        return
    arguments = [None if place is None else call.args[place] for place in places]
    context, msgid, plural = (_text(argument) for argument in arguments)
    if msgid:
        yield Message(msgid, file, plural or "", context)
    elif any(_is_put_together(argument) for argument in arguments):
        yield Mistake(file, call.lineno)


def _text(node: ast.expr | None) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = _text(node.left), _text(node.right)
        return None if left is None or right is None else left + right
    return None


def _is_put_together(node: ast.expr | None) -> bool:
    """Whether the text is made at run time from a text that stands here.

    A plain variable is fine: what it holds is marked where it is written.
    """
    if isinstance(node, ast.JoinedStr):
        return True
    if isinstance(node, ast.BinOp):
        return _text(node.left) is not None or _text(node.right) is not None
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return node.func.attr == "format" and _text(node.func.value) is not None
    return False

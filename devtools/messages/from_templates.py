"""Find messages in templates, the way Django itself reads them.

Django's `templatize` turns translation tags into calls such as ` gettext(u'…') ` and
everything else into runs of X, so the calls are cut out and read as Python.
"""

import ast
import re
from collections.abc import Iterator

from django.utils.translation.template import templatize

from devtools.messages.found import Message, Mistake
from devtools.messages.from_python import messages_in as python_messages_in

CALL = re.compile(r"(?<!\w)(?:n?p?gettext|_)\(")


def messages_in(source: str, file: str) -> Iterator[Message | Mistake]:
    """Yield every message that the template marks."""
    code = templatize(source, origin=file)
    end = 0
    for call in CALL.finditer(code):
        # What looks like a call within the text of another is just text.
        if call.start() >= end:
            text = _whole_call(code, call.start())
            end = call.start() + len(text)
            yield from python_messages_in(text, file)


def _whole_call(code: str, start: int) -> str:
    """Return the call that begins at `start`, up to the bracket that closes it."""
    for closing in re.finditer(r"\)", code[start:]):
        text = code[start : start + closing.end()]
        if _is_expression(text):
            return text
    return ""


def _is_expression(text: str) -> bool:
    try:
        ast.parse(text, mode="eval")
    except SyntaxError:
        return False
    return True

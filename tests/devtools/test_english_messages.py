"""The English catalogue lacks nothing."""

from devtools.messages.__main__ import ENGLISH
from devtools.messages.catalogue import open_catalogue, shortcomings
from devtools.messages.found import Message, Mistake
from devtools.messages.sources import messages_of
from devtools.tree import HERE


def test_every_message_has_its_english():
    messages = [m for m in messages_of(HERE.root) if isinstance(m, Message)]

    assert shortcomings(open_catalogue(ENGLISH), messages) == []


def test_every_message_is_a_fixed_text():
    assert [str(m) for m in messages_of(HERE.root) if isinstance(m, Mistake)] == []


def test_messages_are_found_in_apps_and_in_templates():
    files = {message.file for message in messages_of(HERE.root)}

    assert any(file.endswith(".py") for file in files)
    assert any(file.endswith(".html") for file in files)

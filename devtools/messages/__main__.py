"""Command line: update, check, compile."""

import sys
from pathlib import Path

from devtools.console import complain, say
from devtools.messages.catalogue import (
    compile_catalogue,
    open_catalogue,
    shortcomings,
    update,
)
from devtools.messages.found import Message, Mistake
from devtools.messages.sources import messages_of
from devtools.tree import HERE

ENGLISH = HERE.root / "locale" / "en" / "LC_MESSAGES" / "django.po"


def main(arguments: list[str]) -> int:
    """Do what the first argument says."""
    match arguments:
        case ["update"]:
            return update_english()
        case ["check"]:
            return check_english()
        case ["compile", *files]:
            for file in files:
                compile_catalogue(Path(file))
            return 0
    complain("python -m devtools.messages update|check|compile FILE.po …")
    return 2


def update_english() -> int:
    """Write the catalogue anew and compile it."""
    catalogue = open_catalogue(ENGLISH)
    update(catalogue, _messages()[0])
    ENGLISH.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(ENGLISH))
    compile_catalogue(ENGLISH)
    missing = len(catalogue.untranslated_entries()) + len(catalogue.fuzzy_entries())
    say(
        f"英文消息 {len(catalogue) - len(catalogue.obsolete_entries())} 条，"
        f"其中 {missing} 条待翻译。"
    )
    return 0


def check_english() -> int:
    """List what is missing, fuzzy or wrong; 1 if there is any."""
    messages, mistakes = _messages()
    missing = shortcomings(open_catalogue(ENGLISH), messages)
    for line in [*map(str, mistakes), *missing]:
        complain(line)
    if missing:
        complain(
            f"共 {len(missing)} 处：运行 python3 dev.py messages 后补全 locale/en。"
        )
    return 1 if mistakes or missing else 0


def _messages() -> tuple[list[Message], list[Mistake]]:
    found = messages_of(HERE.root)
    return (
        [message for message in found if isinstance(message, Message)],
        [mistake for mistake in found if isinstance(mistake, Mistake)],
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

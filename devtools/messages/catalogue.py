"""The English catalogue: brought up to date, checked, compiled."""

import re
from collections.abc import Iterable
from pathlib import Path

import polib

from devtools.messages.found import Message

METADATA = {
    "Language": "en",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}
NAMED = re.compile(r"%\(\w+\)[a-z]|\{\w*(?:[:!][^}]*)?\}")
POSITIONAL = re.compile(r"(?<!%)(?:%%)*%[sdif]")


def open_catalogue(path: Path) -> polib.POFile:
    """Return the catalogue at the path, an empty one if there is none."""
    if path.exists():
        return polib.pofile(str(path), wrapwidth=88)
    catalogue = polib.POFile(wrapwidth=88)
    catalogue.metadata = dict(METADATA)
    return catalogue


def update(catalogue: polib.POFile, messages: Iterable[Message]) -> None:
    """Add new messages, set aside those no longer used, keep every translation."""
    uses: dict[tuple, list[Message]] = {}
    for message in messages:
        uses.setdefault(message.key, []).append(message)
    known = {(entry.msgctxt, entry.msgid): entry for entry in catalogue}
    for key, entry in known.items():
        entry.obsolete = key not in uses
    for key, found in uses.items():
        if key not in known:
            known[key] = polib.POEntry(msgctxt=key[0], msgid=key[1])
            catalogue.append(known[key])
        _describe(known[key], found)
    catalogue.sort(key=_reading_order)


def _describe(entry: polib.POEntry, uses: list[Message]) -> None:
    entry.occurrences = [(file, "") for file in sorted({use.file for use in uses})]
    plural = next((use.plural for use in uses if use.plural), "")
    if plural and not entry.msgid_plural:
        # The translation so far is that of one.
        entry.msgstr_plural = {0: entry.msgstr, 1: ""}
        entry.msgstr = ""
    elif entry.msgid_plural and not plural:
        entry.msgstr, entry.msgstr_plural = entry.msgstr_plural.get(0, ""), {}
    entry.msgid_plural = plural
    flags = [flag for flag in entry.flags if flag != "python-format"]
    formatted = any("%" in part for part in (entry.msgid, plural))
    entry.flags = [*flags, "python-format"] if formatted else flags


def _reading_order(entry: polib.POEntry) -> tuple:
    first_file = entry.occurrences[0][0] if entry.occurrences else ""
    return entry.obsolete, first_file, entry.msgid, entry.msgctxt or ""


def shortcomings(catalogue: polib.POFile, messages: Iterable[Message]) -> list[str]:
    """Return a line for each message that an English reader would not get."""
    entries = {
        (entry.msgctxt, entry.msgid): entry for entry in catalogue if not entry.obsolete
    }
    lines = {}
    for message in messages:
        fault = _fault(entries.get(message.key), message)
        if fault:
            lines.setdefault(f"{message.file}: {fault}: {message.msgid!r}")
    return list(lines)


def _fault(entry: polib.POEntry | None, message: Message) -> str:
    if entry is None or (message.plural and not entry.msgid_plural):
        return "缺少翻译"
    if entry.fuzzy:
        return "翻译待确认（fuzzy）"
    if not entry.translated():
        return "缺少翻译"
    return "" if _fits(entry) else "翻译的占位符与原文不符"


def _fits(entry: polib.POEntry) -> bool:
    """Whether every translation takes the values that the code puts in.

    "One person" may leave the number out of a text that has a plural.
    """
    given = _placeholders(entry.msgid + entry.msgid_plural)
    if entry.msgid_plural:
        return all(_placeholders(t) <= given for t in entry.msgstr_plural.values())
    counts = [len(POSITIONAL.findall(text)) for text in (entry.msgid, entry.msgstr)]
    return _placeholders(entry.msgstr) == given and counts[0] == counts[1]


def _placeholders(text: str) -> set[str]:
    return set(NAMED.findall(text))


def compile_catalogue(path: Path) -> Path:
    """Write the .mo beside the .po; return its path. A reader never sees half."""
    target = path.with_suffix(".mo")
    fresh = target.with_suffix(".mo.new")
    polib.pofile(str(path)).save_as_mofile(str(fresh))
    fresh.replace(target)
    return target

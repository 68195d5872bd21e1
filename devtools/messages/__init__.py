"""Keeps the English catalogue complete, on machines without gettext's tools.

    python -m devtools.messages update      take over new and changed messages
    python -m devtools.messages check       list what is missing, fuzzy or wrong
    python -m devtools.messages compile FILE.po …

Runs inside the environment: it needs Django's template lexer and polib.
"""

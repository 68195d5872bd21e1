"""What a change did to the words that residents read, told in the history of a notice.

Only the lines that differ are told. A number of a person that was taken out again
would stay in the history for ever: where there is one, no words are told.
"""

from difflib import SequenceMatcher

from notices.guards import office_phones
from toolkit.privacy.detectors import find_personal_numbers, lines_with_doubtful_ids

# What residents read; the history of other rows keeps two hundred characters.
READ = (
    "title",
    "gist",
    "body",
    "easy_title",
    "easy_body",
    "facts",
    "contact",
    "contact_phone",
    "document_number",
)
LONGEST = 600


def reworded(old: str, new: str) -> dict:
    """Return the lines that differ as {"old", "new"}; nothing if they name a person."""
    allowed = office_phones()
    for text in (old, new):
        if find_personal_numbers(text, allowed) or lines_with_doubtful_ids(text):
            return {}
    before, after = old.splitlines(), new.splitlines()
    gone, come = [], []
    for kind, *ends in SequenceMatcher(None, before, after, False).get_opcodes():
        if kind != "equal":
            gone += before[ends[0] : ends[1]]
            come += after[ends[2] : ends[3]]
    return {"old": shortened(gone), "new": shortened(come)}


def shortened(lines: list[str]) -> str:
    text = "\n".join(line for line in lines if line.strip())
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"

"""What a change did to the words that residents read, told in the history of a notice.

Only the lines that differ are told. A number of a person that was taken out again
would stay in the history for ever: where there is one, no words are told.
"""

from collections import Counter

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
    """Return the lines that differ as {"old", "new"}; {} if none, or for a person."""
    allowed = office_phones()
    for text in (old, new):
        if find_personal_numbers(text, allowed) or lines_with_doubtful_ids(text):
            return {}
    before, after = old.splitlines(), new.splitlines()
    gone, come = only_in(before, after), only_in(after, before)
    if not (gone or come):
        # The same lines in another order.
        return {}
    return {"old": shortened(gone), "new": shortened(come)}


def only_in(lines: list[str], others: list[str]) -> list[str]:
    """Return the lines that the other text has not, or not as often.

    A comparison that also finds the smallest change takes minutes for a text of a
    thousand lines that are much alike.
    """
    left = Counter(others)
    found = []
    for line in lines:
        left[line] -= 1
        if left[line] < 0:
            found.append(line)
    return found


def shortened(lines: list[str]) -> str:
    text = "\n".join(line for line in lines if line.strip())
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"

from governance.demo import books, disclosure, suggestions
from governance.demo.bodies import load_bodies
from governance.demo.elections import load_elections
from governance.demo.meetings import load_meetings
from governance.demo.recruitments import load_recruitments
from governance.demo.workers import load_workers

__all__ = [
    "books",
    "disclosure",
    "load_bodies",
    "load_elections",
    "load_meetings",
    "load_recruitments",
    "load_workers",
    "suggestions",
]

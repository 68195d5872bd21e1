from governance.demo import suggestions
from governance.demo.bodies import load_bodies
from governance.demo.meetings import load_meetings

__all__ = ["load_bodies", "load_meetings", "suggestions"]

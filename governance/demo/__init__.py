from governance.demo import suggestions
from governance.demo.bodies import load_bodies
from governance.demo.elections import load_elections

__all__ = ["load_bodies", "load_elections", "suggestions"]

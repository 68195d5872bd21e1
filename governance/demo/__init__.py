from governance.demo import suggestions
from governance.demo.bodies import load_bodies

__all__ = ["load_bodies", "suggestions"]

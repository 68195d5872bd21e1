from governance.demo import books, disclosure, suggestions
from governance.demo.bodies import load_bodies

__all__ = ["books", "disclosure", "load_bodies", "suggestions"]

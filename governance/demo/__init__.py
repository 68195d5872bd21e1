from governance.demo import suggestions
from governance.demo.bodies import load_bodies
from governance.demo.recruitments import load_recruitments
from governance.demo.workers import load_workers

__all__ = ["load_bodies", "load_recruitments", "load_workers", "suggestions"]

from governance.metrics import bodies, disclosure, elections, meetings

__all__ = ["bodies", "disclosure", "elections", "meetings"]

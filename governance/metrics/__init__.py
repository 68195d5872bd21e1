from governance.metrics import bodies, elections

__all__ = ["bodies", "elections"]

from governance.dues import disclosure

__all__ = ["disclosure"]

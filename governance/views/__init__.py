from governance.views.board import BoardView

__all__ = ["BoardView"]

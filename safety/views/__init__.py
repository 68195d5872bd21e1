from safety.views.newcomers import NewcomerView
from safety.views.posts import PostsView
from safety.views.roll import RollSheetView, RollView
from safety.views.telling import PhoneView, TakeBackView, TellView

__all__ = [
    "NewcomerView",
    "PhoneView",
    "PostsView",
    "RollSheetView",
    "RollView",
    "TakeBackView",
    "TellView",
]

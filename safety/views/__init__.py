from safety.views.handed_in import LeaveTapView, TakeTapView
from safety.views.newcomers import NewcomerView
from safety.views.posts import PostsView, ShelterPostsView, WithdrawPostView
from safety.views.roll import RollSheetView, RollView
from safety.views.team_posts import TeamPostsView
from safety.views.telling import PhoneView, TakeBackView, TellView

__all__ = [
    "LeaveTapView",
    "NewcomerView",
    "PhoneView",
    "PostsView",
    "RollSheetView",
    "RollView",
    "ShelterPostsView",
    "TakeBackView",
    "TakeTapView",
    "TeamPostsView",
    "TellView",
    "WithdrawPostView",
]

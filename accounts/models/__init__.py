from accounts.models.assignments import Assignment, RoleProfile
from accounts.models.sign_in import LoginAttempt, TakenCode, UsedPassword
from accounts.models.trail import Trail
from accounts.models.users import StaffManager, User

__all__ = [
    "Assignment",
    "LoginAttempt",
    "RoleProfile",
    "StaffManager",
    "TakenCode",
    "Trail",
    "UsedPassword",
    "User",
]

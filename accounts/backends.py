from django.contrib.auth.backends import ModelBackend

from communities.scoping import scope_of


class AssignmentBackend(ModelBackend):
    """Grant the permissions of the roles to which a user is assigned.

    `user.has_perm(p)` asks "anywhere?"; `user.has_perm(p, row)` asks "there?".
    """

    def has_perm(self, user_obj, perm, obj=None):
        scope = scope_of(user_obj, perm)
        if obj is None:
            return not scope.is_empty
        if getattr(obj, "is_register", False):
            return scope.holds_street
        return scope.covers(obj.get_scope_path())

    def has_module_perms(self, user_obj, app_label):
        return user_obj.is_active and user_obj.is_superuser

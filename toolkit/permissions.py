"""Names of permissions, Django's own, and the links that follow from them."""


def permission_name(model, action: str) -> str:
    """Return the full name of a permission, such as "safety.change_hazard"."""
    meta = model._meta.concrete_model._meta
    return f"{meta.app_label}.{action}_{meta.model_name}"


def address_for(row, user) -> str:
    """Return the address of a row's page, "" where the user may not open it."""
    if not hasattr(row, "get_absolute_url"):
        return ""
    may_open = user.has_perm(permission_name(row, "view"), row)
    return row.get_absolute_url() if may_open else ""

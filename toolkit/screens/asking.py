"""What is asked before rows leave as a list, and what is said of a missing answer."""

from django.utils.translation import gettext as _


def refusal(said: str, screens, *, purpose: bool, formats: dict | None = None) -> dict:
    """Return what stands above a form that was refused, and beside its questions.

    `said` tells what has not been done; `purpose` whether the purpose is missing, and
    `formats`, where a format is, holds those on offer.
    """
    missing = {}
    if formats:
        first = f"id_format_{next(iter(formats))}"
        missing["format"] = {"id": first, "words": _("请选择格式")}
    if purpose:
        slug, _label = screens.purposes[0]
        missing["purpose"] = {"id": f"id_purpose_{slug}", "words": _("请选择用途")}
    return {"said": said, "missing": missing} if missing else {}

"""Pages for what went wrong: what happened, what to do, a number for the office."""

import logging
from uuid import uuid4

from django.core.exceptions import (
    BadRequest,
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)
TOO_BIG = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def answer(request, status: int, template: str, message: str, told="", **context):
    """Answer with a page, or with JSON to a machine.

    `told` is the view's own sentence; a page shows it below its title, a machine gets
    it in place of the general message.
    """
    if request.path.startswith("/api/"):
        return JsonResponse({"detail": str(told or message)}, status=status)
    context |= {"message": told, "frame": frame_of(request)}
    return render(request, template, context, status=status)


def frame_of(request) -> str:
    """Return the frame that a person at work keeps around what was refused, or ""."""
    user = getattr(request, "user", None)
    is_at_work = user is not None and user.is_authenticated
    return "staff.html" if is_at_work else ""


def bad_request(request, exception=None):
    if isinstance(exception, TOO_BIG):
        is_file = is_about_a_file(request, exception)
        return answer(request, 413, "413.html", _("提交的内容太大。"), is_file=is_file)
    # What Django says of a suspicious request is for the log, not for the reader.
    told = str(exception) if isinstance(exception, BadRequest) else ""
    return answer(request, 400, "400.html", _("请求看不懂。"), told)


def is_about_a_file(request, exception) -> bool:
    """Whether a file is too large, and not a form that has too much in it."""
    is_plain_form = request.content_type == "application/x-www-form-urlencoded"
    return isinstance(exception, RequestDataTooBig) and not is_plain_form


def forbidden(request, exception=None):
    return answer(request, 403, "403.html", _("您没有这项权限。"))


def not_found(request, exception=None):
    words = exception.args[0] if exception and exception.args else ""
    # Django's own words are English and name models; ours are not.
    told = words if isinstance(words, str) and not words.isascii() else ""
    return answer(request, 404, "404.html", _("没有找到。"), told)


class NotAllowedMiddleware:
    """Give a page to an address that takes no such request, as a form's own."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        found = self.get_response(request)
        if found.status_code != 405 or found.content:
            return found
        page = answer(request, 405, "405.html", _("这个地址不能这样打开。"))
        page["Allow"] = found["Allow"]
        return page


def csrf_failure(request, reason=""):
    return answer(request, 403, "csrf.html", _("页面放得太久了，请刷新后再提交。"))


def server_error(request):
    reference = uuid4().hex[:8].upper()
    logger.error("a page failed, reference %s", reference)
    message = _("系统出错，已记录。")
    return answer(request, 500, "500.html", message, reference=reference)

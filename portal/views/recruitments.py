"""Who is proposed for the posts of community workers, by masked names."""

from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from communities.contacts import phones_of
from governance.gates import display_of
from governance.models import Applicant, Recruitment, Step
from governance.ranking import total_places
from portal.site import Site
from portal.views.texts import crumbs
from toolkit import formats
from toolkit.policy import public
from toolkit.privacy.masks import mask_name

# Who is shown: nobody who waits, failed or withdrew (个人信息保护法 6, 25).
SHOWN = (Step.PROPOSED, Step.APPOINTED)


@public
@require_safe
def results(request):
    """The results of recruitments that are shown to the public at the moment.

    People are named, if only in part, so no search engine is to keep the page.
    """
    site = Site(request)
    rows = Recruitment.objects.published(site.now).select_related("org_unit")
    context = {
        "notices": [shown_notice(one) for one in rows.order_by("-shown_since", "-pk")],
        "breadcrumbs": crumbs(_("社区工作者招聘公示")),
    }
    answer = site.page("portal/recruitments.html", context, by_content=True)
    answer["X-Robots-Tag"] = "noindex"
    return answer


def shown_notice(notice: Recruitment) -> dict:
    """Return one recruitment with the people who are proposed or were appointed."""
    everybody = list(notice.applicants.select_related("recruitment"))
    taken = [one for one in everybody if one.status in SHOWN]
    display = display_of(notice)
    ends = formats.cn_date(display.due_on) if display else ""
    return {
        "title": notice.title,
        "unit": notice.org_unit.name,
        "post": notice.quota_words,
        "since": formats.cn_date(notice.shown_since),
        "until": ends,
        "why": display.why if display else "",
        "weights": notice.weights,
        "phones": phones_of(notice.phone),
        "people": [shown_person(one.applicant) for one in total_places(taken)],
    }


def shown_person(applicant: Applicant) -> dict:
    return {
        "name": mask_name(applicant.name),
        "number": applicant.number,
        "total": f"{applicant.total:.2f}",
        "state": applicant.get_status_display(),
    }

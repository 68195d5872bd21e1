from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import TemplateView

from communities.finding import LimitReached, Refused
from communities.finding.asked import keep, recall
from toolkit import audit, formats, paging
from toolkit.marks import colon
from toolkit.policy import Policy
from toolkit.refusals import not_found
from visits.actions.corrections import may_correct
from visits.actions.members import people_of
from visits.day import day_of
from visits.doors import Door
from visits.entries import entry_lines
from visits.forms import LogForm
from visits.help import told
from visits.models import Visit, VisitDuty
from visits.prospect import owed, prospect
from visits.rounds import lines_of, owed_lines
from visits.subjects import fault_of, find_whom, log_url, subject_of
from visits.whom import whom_of

ADD = Policy("permission", "visits.add_visit")
LAST_SHOWN = 1
# What the form tells of people, whom it shows before anything is written.
READ = ("resident", "household")


class FindView(TemplateView):
    """Whom to visit: the words are posted, kept sealed, and stand in no address."""

    template_name = "visits/find.html"
    policy = ADD

    def get(self, request, *args, **kwargs):
        number = paging.key_of(request.GET, "asked")
        if number is None:
            return self.render_to_response(self.get_context_data())
        text = recall(request.session, number)
        if text is None:
            messages.info(request, _("这次查找已经过期，请重新输入。"))
            return redirect("visits:visit-find")
        try:
            found = find_whom(request.user, text, is_enrolment=self.is_enrolment)
        except LimitReached as refusal:
            context = self.get_context_data(fault=str(refusal))
            return self.render_to_response(context, status=429)
        except Refused as refusal:
            context = self.get_context_data(q=text, fault=str(refusal))
            return self.render_to_response(context, status=422)
        return self.render_to_response(self.get_context_data(q=text, found=found))

    @method_decorator(sensitive_post_parameters("q"))
    def post(self, request, *args, **kwargs):
        text = request.POST.get("q", "")
        fault = fault_of(request.user, text, is_enrolment=self.is_enrolment)
        if fault:
            context = self.get_context_data(fault=fault)
            return self.render_to_response(context, status=422)
        number = keep(request.session, text)
        purpose = "enrol=1&" if self.is_enrolment else ""
        return redirect(f"{reverse('visits:visit-find')}?{purpose}asked={number}")

    @property
    def is_enrolment(self) -> bool:
        """Whether the person is to be put on the list, not visited."""
        may = self.request.user.has_perm("visits.add_visitduty")
        return may and "enrol" in self.request.GET

    def get_context_data(self, **kwargs):
        title = _("列入走访：谁") if self.is_enrolment else _("选择走访对象")
        return super().get_context_data(
            title=title, is_enrolment=self.is_enrolment, **kwargs
        )


class LogView(TemplateView):
    """The six questions. Without a person it asks first whom."""

    template_name = "visits/log.html"
    policy = ADD

    def dispatch(self, request, *args, **kwargs):
        self.subject = subject_of(request.GET, request.user)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, *args, **kwargs):
        if self.subject is None:
            return redirect("visits:visit-find")
        if self.subject._meta.model_name in READ:
            # Name, age, address and the last visits stand above the questions.
            audit.record("read", subject=self.subject)
        fresh = LogForm.fresh(timezone.now(), self.subject)
        form = LogForm(initial=fresh, subject=self.subject, duties=self.duties)
        return self.render_to_response(self.get_context_data(form=form))

    def post(self, request, *args, **kwargs):
        if self.subject is None:
            return redirect("visits:visit-find")
        form = LogForm(request.POST, subject=self.subject)
        logged = form.is_valid() and form.log(by=request.user)
        if not logged:
            context = self.get_context_data(form=form)
            return self.render_to_response(context, status=422)
        url = reverse("visits:visit-receipt", args=[logged.visit.pk])
        return redirect(url if logged.is_new else f"{url}?again=1")

    @cached_property
    def duties(self) -> list[VisitDuty]:
        return open_duties(self.subject)

    def get_context_data(self, form, **kwargs):
        subject, duties, today = self.subject, self.duties, timezone.localdate()
        members = form.fields.get("members")
        # Who lives alone is the one who was met, so the day is known.
        is_open = members is not None and len(members.shown) != 1
        return super().get_context_data(
            title=_("登记走访"),
            asks_whom=members is not None,
            form=form,
            faults=form.faults(),
            stored_number=form.stored_number,
            door=Door(whom_of(subject)),
            place=subject.address,
            duties=[owed(duty, today) for duty in duties] + owed_lines(subject, today),
            last=[last_line(visit) for visit in last_visits(subject, self.request)],
            prospect=prospect(duties, timezone.now(), is_home=is_open),
            find_url=reverse("visits:visit-find"),
            today_url=reverse("visits:today"),
            **kwargs,
        )


class ReceiptView(TemplateView):
    """What was stored, under which number, what it counts for, and who is next."""

    template_name = "visits/receipt.html"
    policy = ADD

    def get_context_data(self, pk, **kwargs):
        rows = Visit.objects.in_scope_of(self.request.user, "view")
        related = ("resident__household__building__lane", "household__building__lane")
        related += ("organisation", "org_unit__community")
        visit = rows.select_related(*related).filter(pk=pk).first()
        if visit is None:
            named = Visit.objects.filter(pk=pk)
            raise not_found(self.request.user, "visits.view_visit", named)
        if visit.logged_by_id != self.request.user.pk:
            audit.record("read", subject=visit)
        duties = duties_met(visit)
        return super().get_context_data(
            title=_("已登记"),
            visit=visit,
            heading=heading_of(visit),
            when=formats.cn_datetime(visit.visited_at),
            marks=[text for text in (visit.late_entry, visit.uncertain_time) if text],
            is_repeat="again" in self.request.GET,
            may_correct=may_correct(self.request.user, visit),
            help_words=told(visit, duties),
            entries=[entry(duty, visit) for duty in duties] + lines_of(visit),
            ledgers=[one for one in entry_lines(visit) if not one["is_struck"]],
            next_door=self.next_door(visit),
            today_url=reverse("visits:today"),
            **kwargs,
        )

    def next_door(self, visit: Visit) -> dict | None:
        """Return the next door in walking order, the first one after the last."""
        day = day_of(self.request.user, visit.org_unit)
        ordered = [door for lane in day.lanes() for door in lane["doors"]]
        here = Door(whom_of(visit.subject))
        others = [door for door in ordered if door.home != here.home]
        if not others:
            return None
        ahead = (d for d in others if d.lane == here.lane and d.walk > here.walk)
        door = next(ahead, others[0])
        return {
            "sign": door.sign,
            "name": door.name,
            "place": door.where,
            "url": log_url(*door.whom.key),
        }


def heading_of(visit: Visit) -> str:
    """Return whom the receipt is about: a person with his age, a home by its door."""
    if visit.household_id and visit.is_still_there and visit.place:
        return _("%(place)s（整户）") % {"place": visit.place}
    return str(visit) if visit.household_id else Door(whom_of(visit.subject)).name


def open_duties(subject) -> list[VisitDuty]:
    """Return the duties of a person, or of the members of a household."""
    whose = {
        "resident": {"resident": subject.pk},
        "household": {"resident__household": subject.pk},
    }.get(subject._meta.model_name)
    return in_order(VisitDuty.objects.open().filter(**whose)) if whose else []


def duties_met(visit: Visit) -> list[VisitDuty]:
    """Return the duties that the visit is told to.

    The duties of who has moved away are told where he lives now.
    """
    people = people_of(visit)
    rows = VisitDuty.objects.open().filter(resident__in=people)
    return in_order(rows.within(visit.org_unit))


def in_order(duties) -> list[VisitDuty]:
    related = duties.select_related("rule", "resident")
    return list(related.order_by("resident", "rule__number", "pk"))


def last_visits(subject, request) -> list[Visit]:
    """Return the last visits to the subject that the user may see."""
    rows = Visit.objects.in_scope_of(request.user)
    kind = subject._meta.model_name
    is_person = kind == "resident"
    rows = rows.with_person(subject) if is_person else rows.filter(**{kind: subject})
    return list(rows.select_related("logged_by")[:LAST_SHOWN])


def last_line(visit: Visit) -> dict:
    return {
        "at": formats.cn_day_time(visit.visited_at),
        "words": formats.joined((visit.summary, visit.note), colon()),
        "by": str(visit.logged_by),
    }


def entry(duty: VisitDuty, visit: Visit) -> dict:
    """Return what the visit did for one duty: fulfilled it, or asked for a new try."""
    if visit.is_effective:
        moment = formats.cn_day_time(duty.next_due_at)
        words = _("下次不晚于%(day)s") % {
            "day": moment or formats.cn_day(duty.next_due_on)
        }
    elif duty.retry_on:
        words = _("这次没见到，%(day)s再去") % {"day": formats.cn_day(duty.retry_on)}
    else:
        words = _("这次没见到")
    whom = str(duty.resident) if visit.household_id else ""
    named = {"name": duty.rule.name, "pace": duty.rule.pace, "whom": whom}
    return named | {"words": words}

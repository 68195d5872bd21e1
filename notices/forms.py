from crispy_forms.layout import Field, Fieldset, Layout
from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.identity import MOBILE, check_phone, show_phone
from communities.models import OrgUnit
from communities.scoping import scope_of, shortest
from notices.actions import attach_file
from notices.attaching import BUSY, turn_to_read
from notices.fields import FactsField
from notices.guards import office_phones
from notices.models import Notice
from toolkit import formats
from toolkit.calendar import calendar
from toolkit.forms import MomentField, RowsField, StaffForm, TypedForm
from toolkit.uploads import validate_upload

# Lists of persons end after so many working days unless the clerk says otherwise.
DAYS_OF_A_LIST = 7


class UnitsField(RowsField):
    """Units to tick; a grid is named with its community, for who sees several."""

    def label_from_instance(self, unit):
        return unit.full_name


class NoticeForm(StaffForm):
    """Everything a clerk writes; files and buildings are added on the draft's page."""

    # What a draft held and lost again would stay in the history for ever; the reviewer
    # reads the whole notice in its preview.
    sensitive = ("gist", "body", "easy_body", "facts", "contact", "contact_phone")

    facts = FactsField(
        label=_("时间、地点等"),
        required=False,
        help_text=_("一行一项，写成“名称：内容”，显示在正文旁边。"),
    )

    audience = UnitsField(
        label=_("发布范围"),
        queryset=OrgUnit.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("不选就是发布单位的全部范围。"),
    )

    class Meta:
        model = Notice
        fields = [
            "org_unit",
            "category",
            "title",
            "gist",
            "body",
            "easy_title",
            "easy_body",
            "facts",
            "contact",
            "contact_phone",
            "document_number",
            "audience",
            "publish_at",
            "expires_at",
            "is_pinned",
            "is_emergency",
            "lists_people",
        ]
        help_texts = {
            "gist": _("一两句话说清：什么事、什么时候、要居民做什么。显示在最前面。"),
            "body": _(
                "可从 Word 直接粘贴。一行一段；“一、”开头的短行成为小标题；"
                "以“- ”开头的行成为列表；表格从 Word 或 Excel 复制过来即可，"
                "手写时各格用“|”隔开，首行作表头。"
            ),
            "easy_title": _("给看大字版的居民，越短越好。"),
            "easy_body": _(
                "重写成短句，只写时间、地点、要做什么。用“|”隔开的行显示为一项，不要表头。不填则放大原文。"
            ),
            "contact_phone": _("写办公电话。个人手机号须先登记为单位电话才能公开。"),
            "publish_at": _("审核通过后，到这个时间才显示。不填则通过后立即显示。"),
            "expires_at": _(
                "到这个时间自动撤下。公示、紧急横幅必须填写；"
                "含个人名单的不填则七个工作日后自动撤下。"
            ),
            "is_emergency": _(
                "显示在居民网站每一页的顶部，直到截止时间。最多同时显示三条，街道的在前。"
            ),
            "lists_people": _("不让搜索引擎收录；不填截止时间则七个工作日后自动撤下。"),
        }
        widgets = {
            "gist": forms.Textarea(attrs={"rows": 2}),
            "body": forms.Textarea(attrs={"rows": 16}),
            "easy_body": forms.Textarea(attrs={"rows": 5}),
        }
        field_classes = {"publish_at": MomentField, "expires_at": MomentField}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.limit_units()
        self.helper.layout = Layout(
            Fieldset(
                _("通知内容"),
                "org_unit",
                "category",
                Field("title", wrapper_class="yh-wide"),
                "gist",
                "body",
            ),
            Fieldset(
                _("大字版"), Field("easy_title", wrapper_class="yh-wide"), "easy_body"
            ),
            Fieldset(
                _("时间和联系"), "facts", "contact", "contact_phone", "document_number"
            ),
            Field(
                "audience",
                template="bootstrap5/yh_pick.html",
                wrapper_class="yh-section",
            ),
            Fieldset(
                _("发布设置"),
                "publish_at",
                "expires_at",
                "is_pinned",
                "is_emergency",
                "lists_people",
            ),
        )
        for part in self.helper.layout.fields:
            if isinstance(part, Fieldset):
                part.css_class = "yh-section"

    def limit_units(self):
        """Offer the units for which this person writes notices, and their parts."""
        action = "change" if self.instance.pk else "add"
        reach = scope_of(self.user, f"notices.{action}_notice").as_q("path")
        units = OrgUnit.objects.current().filter(reach).order_by("path")
        issuers = units.exclude(level=OrgUnit.Level.GRID)
        self.fields["org_unit"].queryset = issuers
        self.fields["org_unit"].empty_label = _("请选择")
        if highest := issuers.first():
            self.initial.setdefault("org_unit", highest.pk)
        is_one = issuers.count() == 1
        offered = units if is_one else issuers
        self.fields["audience"].queryset = self.with_addressed(offered)

    def with_addressed(self, offered):
        """Return the units offered and those addressed already.

        What could not be ticked would be dropped by saving, and no unit at all means
        everybody.
        """
        rows = OrgUnit.objects.select_related("community").order_by("path")
        if not self.instance.pk:
            return rows.filter(pk__in=offered.values("pk"))
        addressed = self.instance.audience.values("pk")
        return rows.filter(Q(pk__in=offered.values("pk")) | Q(pk__in=addressed))

    def clean_contact_phone(self):
        """Return an office number as people read it; a private mobile is refused."""
        text = self.cleaned_data["contact_phone"]
        if not text:
            return ""
        check = check_phone(text)
        if check.error:
            raise forms.ValidationError(check.error.message)
        if check.kind == MOBILE and check.number not in office_phones():
            raise forms.ValidationError(
                _("这是手机号码，不在单位电话里，不能公开。请填办公电话。")
            )
        return show_phone(check.number)

    def clean(self):
        cleaned = super().clean()
        self.check_times(cleaned)
        issuer, audience = cleaned.get("org_unit"), cleaned.get("audience")
        if issuer and audience is not None:
            cleaned["audience"] = self.checked_audience(issuer, audience)
        return cleaned

    def check_times(self, cleaned: dict) -> None:
        """Set the end of a list of persons; refuse an end that cannot be."""
        publish_at, expires_at = cleaned.get("publish_at"), cleaned.get("expires_at")
        if (
            cleaned.get("lists_people")
            and not expires_at
            and not self.has_error("expires_at")
        ):
            cleaned["expires_at"] = end_of_list(publish_at)
            # Model validation compares the instance, not the form.
            self.instance.expires_at = cleaned["expires_at"]
        if publish_at and expires_at and expires_at <= publish_at:
            self.add_error("expires_at", _("截止时间要晚于发布时间。"))
        if cleaned.get("is_emergency") and not expires_at:
            self.add_error("expires_at", _("紧急横幅要写明截止时间。"))

    def checked_audience(self, issuer, audience):
        """Return the units addressed, without those that lie below another one."""
        beyond = [unit for unit in audience if not unit.path.startswith(issuer.path)]
        if beyond:
            names = formats.listed(beyond)
            sentence = _("不在发布单位范围内：%(names)s。") % {"names": names}
            self.add_error("audience", sentence)
        paths = shortest(unit.path for unit in audience) or (issuer.path,)
        return OrgUnit.objects.filter(path__in=paths)

    def save(self, commit=True):
        if not self.instance.pk:
            self.instance.author = self.user
        if self.has_changed():
            self.instance.edited_by = self.user
        return super().save(commit)

    def _save_m2m(self):
        super()._save_m2m()
        paths = self.instance.audience.values_list("path", flat=True)
        chosen = self.instance.buildings.select_related("org_unit")
        gone = [b for b in chosen if not b.org_unit.path.startswith(tuple(paths))]
        self.instance.buildings.remove(*gone)


def end_of_list(publish_at):
    """Return the end of the last working day on which a list of persons is shown."""
    start = timezone.localtime(publish_at) if publish_at else timezone.localtime()
    last = calendar().add_working_days(start.date(), DAYS_OF_A_LIST)
    return start.replace(
        year=last.year,
        month=last.month,
        day=last.day,
        hour=23,
        minute=59,
        second=0,
        microsecond=0,
    )


class AttachmentForm(TypedForm, forms.Form):
    """A file for a draft, and the name under which residents see it."""

    file = forms.FileField(
        label=_("文件"),
        max_length=200,
        help_text=_("PDF、Word、Excel、CSV 或图片，最大 20 MB。"),
    )
    title = forms.CharField(
        label=_("显示的名称"),
        max_length=60,
        required=False,
        help_text=_("不填就用文件名。"),
    )

    def attach(self, *, notice, by):
        """Add the file to the draft; None if that is refused, with the reason."""
        try:
            with turn_to_read(by):
                return attach_file(
                    notice=notice,
                    checked=validate_upload(self.cleaned_data["file"]),
                    title=self.cleaned_data["title"],
                    by=by,
                )
        except forms.ValidationError as refusal:
            self.add_error("file", refusal)
            return None

    @property
    def is_busy(self) -> bool:
        """Whether nothing is wrong with the file, and there was no turn to read it."""
        return self.has_error("file", BUSY)


class BuildingsForm(forms.Form):
    """The buildings of the audience to which a notice is addressed; none means all."""

    buildings = RowsField(queryset=None, required=False, label=_("楼幢"))

    def __init__(self, *args, buildings, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["buildings"].queryset = buildings

from datetime import date
from uuid import uuid4

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.codes import HEAD
from communities.models.base import ScopedModel
from communities.models.fields import CodeField, SortKeyField
from communities.models.households import Household
from communities.models.org_units import OrgUnit
from communities.scoping import ScopedQuerySet
from toolkit.privacy.fields import SealedTextField
from toolkit.privacy.masks import mask_name

ADULT = 18
# Values of Resident.Living of those who are found at their address.
AT_HOME = ("here", "lodging")


class ResidentQuerySet(ScopedQuerySet):
    def registered(self):
        """People on the rolls: neither dead nor moved out."""
        return self.filter(ended_on=None)

    def living_here(self):
        """People on the rolls who live at their address or lodge there."""
        return self.registered().filter(living__in=AT_HOME)

    def aged_at_least(self, years: int, on: date):
        """People who have completed so many years on the day."""
        return self.filter(birth_on__lte=years_before(on, years))

    def minors(self, on: date):
        """People under eighteen on the day."""
        return self.filter(birth_on__gt=years_before(on, ADULT))

    def living_alone(self):
        """People at home in a household in which nobody else on the rolls is."""
        others = self.model._base_manager.filter(
            household=OuterRef("household"), ended_on=None, living__in=AT_HOME
        ).exclude(pk=OuterRef("pk"))
        return self.filter(living="here", household__isnull=False).exclude(
            Exists(others)
        )


class Resident(ScopedModel):
    """A person of the street: the one record on which every pillar stands.

    ID number and phones are sealed; they are shown masked and opened one at a time
    for a stated purpose.
    """

    class Living(models.TextChoices):
        HERE = "here", _("在住")
        AWAY = "away", _("外出")
        EMPTY = "empty", _("空挂户")
        LODGING = "lodging", _("寄住")
        MISSING = "missing", _("失踪")
        UNKNOWN = "unknown", _("不详")

    class Registration(models.TextChoices):
        STREET = "street", _("本街道户籍")
        CITY = "city", _("瑞安市其他街镇户籍")
        ELSEWHERE = "elsewhere", _("外地户籍")
        UNKNOWN = "unknown", _("不详")

    class Ending(models.TextChoices):
        DIED = "died", _("死亡")
        MOVED_OUT = "moved_out", _("迁出")
        # A record that should not exist: a second one, or a person who never came.
        MISTAKEN = "mistaken", _("误登")

    # resident_by_unit begins with the unit; an index of its own would cost for nothing.
    org_unit = models.ForeignKey(
        OrgUnit,
        models.PROTECT,
        related_name="+",
        db_index=False,
        verbose_name=_("所属社区或网格"),
    )
    uid = models.UUIDField(default=uuid4, editable=False)
    household = models.ForeignKey(
        Household,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="members",
        verbose_name=_("住户"),
    )
    relation = CodeField(_("与户主关系"), codes="relation")
    name = models.CharField(_("姓名"), max_length=50)
    # Pinyin of the name, by which lists are ordered.
    name_key = SortKeyField(max_length=120, editable=False)
    sex = CodeField(_("性别"), codes="sex")
    birth_on = models.DateField(_("出生日期"), null=True, blank=True)
    id_kind = CodeField(_("证件种类"), codes="id_document")
    id_number = SealedTextField(_("证件号码"), blank=True)
    id_blind = models.BinaryField(max_length=16, null=True, unique=True, editable=False)
    no_id_reason = CodeField(_("无证件原因"), codes="no_id_reason")
    phone = SealedTextField(_("电话"), blank=True)
    ethnicity = CodeField(_("民族"), codes="ethnicity")
    marital = CodeField(_("婚姻状况"), codes="marital")
    education = CodeField(_("文化程度"), codes="education")
    political = CodeField(_("政治面貌"), codes="political")
    occupation = CodeField(_("职业"), codes="occupation")
    health = CodeField(_("健康状况"), codes="health")
    registration = models.CharField(
        _("户籍"), max_length=10, choices=Registration, default=Registration.UNKNOWN
    )
    living = models.CharField(
        _("居住状态"), max_length=10, choices=Living, default=Living.UNKNOWN
    )
    emergency_name = models.CharField(_("紧急联系人"), max_length=50, blank=True)
    emergency_relation = models.CharField(_("联系人关系"), max_length=20, blank=True)
    emergency_phone = SealedTextField(_("联系人电话"), blank=True)
    # What the search keys of this row were made of; see communities/finding/keys.py.
    indexed_as = models.BinaryField(max_length=200, null=True, editable=False)
    # The day from which one counts who was here before and is only now entered. Empty
    # for those of the first roster, who count for as long as they live, and for those
    # whose birth or arrival is entered, which tells the day.
    entered_on = models.DateField(_("补登日期"), null=True, editable=False)
    # Set by a population event only.
    ended_on = models.DateField(_("注销日期"), null=True, editable=False)
    ended_by = models.CharField(
        _("注销原因"), max_length=10, choices=Ending, blank=True, editable=False
    )
    updated_at = models.DateTimeField(_("修改时间"), auto_now=True)

    objects = ResidentQuerySet.as_manager()
    # Labels of the properties that the detail page shows.
    fact_labels = {"emergency_contact": _("紧急联系人")}

    class Meta:
        verbose_name = verbose_name_plural = _("居民")
        ordering = ["name_key", "pk"]
        permissions = [
            ("reveal_resident", _("查看居民证件和电话")),
            ("import_resident", _("导入居民名册")),
            ("export_resident", _("导出居民名册")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["household"],
                condition=Q(relation=HEAD, ended_on=None),
                name="one_head_per_household",
                violation_error_message=_("这一户已有户主。"),
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None, ended_by="")
                | (Q(ended_on__isnull=False) & ~Q(ended_by="")),
                name="an_ended_resident_has_a_reason",
                violation_error_message=_("注销要有日期，也要有原因。"),
            ),
        ]
        indexes = [
            models.Index(fields=["name_key", "id"], name="resident_by_name"),
            models.Index(
                fields=["org_unit", "name_key", "id"], name="resident_by_unit"
            ),
            models.Index(fields=["birth_on", "id"], name="resident_by_birth"),
        ]

    def __str__(self):
        return self.name

    @property
    def is_head(self) -> bool:
        return self.relation == HEAD

    @property
    def age(self) -> int | None:
        """Age in completed years today, None while the birth date is unknown."""
        return age_on(self.birth_on, self.ended_on or timezone.localdate())

    @property
    def is_minor(self) -> bool:
        return self.age is not None and self.age < ADULT

    @property
    def emergency_contact(self) -> str:
        """Relation and masked name of whom to call; the phone is a field of its own."""
        words = (self.emergency_relation, mask_name(self.emergency_name))
        return "　".join(word for word in words if word)

    @property
    def address(self) -> str:
        return self.household.address if self.household else ""


def age_on(birth_on, day) -> int | None:
    """Return the age in completed years on a day, None without a birth date."""
    if birth_on is None:
        return None
    return (
        day.year
        - birth_on.year
        - ((day.month, day.day) < (birth_on.month, birth_on.day))
    )


def years_before(day: date, years: int) -> date:
    """Return the last day of birth on which so many years are completed on the day."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        # Born on 29 February: a year is completed on 1 March of a common year.
        return day.replace(year=day.year - years, month=2, day=28)


class SearchKey(models.Model):
    """One word by which a resident is found: see communities/finding/keys.py.

    The key is bytes: a kind byte, then a suffix of the name, of its pinyin or
    initials, or a keyed hash of the last digits of ID number and phone. The table is
    derived from the residents and can be made anew: it needs no further index.
    """

    pk = models.CompositePrimaryKey("key", "resident")
    key = models.BinaryField(max_length=80)
    # A million keys of one import would be checked one by one against the residents.
    resident = models.ForeignKey(
        Resident,
        models.CASCADE,
        related_name="search_keys",
        db_constraint=False,
        db_index=False,
        verbose_name=_("居民"),
    )

    class Meta:
        verbose_name = verbose_name_plural = _("检索键")

    def __str__(self):
        return str(self.resident_id)

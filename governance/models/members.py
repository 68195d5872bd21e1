from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communities.models import Resident, ScopedModel
from communities.models.fields import CodeField
from communities.scoping import ScopedQuerySet
from governance.models.bodies import Body, Term

FIRST_BIRTH_YEAR = 1900
# What the office calls the posts of each kind of body.
POST_WORDS = {
    Body.Kind.PARTY: (_("书记"), _("副书记"), _("委员"), _("代表")),
    Body.Kind.CONGRESS: (_("召集人"), _("副召集人"), _("组成人员"), _("代表")),
}
USUAL_WORDS = (_("主任"), _("副主任"), _("委员"), _("代表"))


class ResidentGroup(ScopedModel):
    """A group of households that chooses representatives (居委会法 13, 村委会法 29)."""

    name = models.CharField(_("名称"), max_length=40)
    households = models.PositiveIntegerField(_("户数"))
    closed_on = models.DateField(_("撤销日期"), null=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("居民（村民）小组")
        ordering = ["org_unit__path", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["org_unit", "name"],
                condition=Q(closed_on=None),
                name="one_open_group_per_unit_and_name",
                violation_error_message=_("本社区（村）已有同名的小组。"),
            )
        ]

    def __str__(self):
        return self.name


class MemberQuerySet(ScopedQuerySet):
    def serving(self):
        """Members who have not left before the end of their term."""
        return self.filter(left_on=None)

    def serving_on(self, day):
        """Who sat in a body on the day: in the last term that had begun by then."""
        return self.filter(
            Q(left_on=None) | Q(left_on__gt=day),
            Q(term__body__closed_on=None) | Q(term__body__closed_on__gt=day),
            term__in=Term.objects.last_begun_on(day),
        )


class Member(models.Model):
    """Somebody who sits in a body for a term: post, education, sex, year of birth."""

    class Post(models.TextChoices):
        HEAD = "head", _("负责人")
        DEPUTY = "deputy", _("副职")
        MEMBER = "member", _("委员")
        DELEGATE = "delegate", _("代表")

    term = models.ForeignKey(
        Term, models.PROTECT, related_name="members", verbose_name=_("任期")
    )
    # The person's own record; a member from elsewhere has none here.
    resident = models.ForeignKey(
        Resident,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("居民档案"),
    )
    group = models.ForeignKey(
        ResidentGroup,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="delegates",
        verbose_name=_("所在小组"),
    )
    name = models.CharField(_("姓名"), max_length=50)
    post = models.CharField(_("职务"), max_length=10, choices=Post)
    # The order of the posts, so that a list begins with the head.
    order = models.PositiveSmallIntegerField(default=0, editable=False)
    sex = CodeField(_("性别"), codes="sex")
    birth_year = models.PositiveSmallIntegerField(_("出生年份"), null=True, blank=True)
    education = CodeField(_("文化程度"), codes="education")
    left_on = models.DateField(_("离任日期"), null=True, editable=False)
    leave_reason = models.CharField(_("离任原因"), max_length=60, editable=False)
    created_at = models.DateTimeField(_("登记时间"), auto_now_add=True)

    objects = MemberQuerySet.as_manager()
    scope_path = "term__body__org_unit__path"
    fact_labels = {"post_words": _("职务")}

    class Meta:
        verbose_name = verbose_name_plural = _("组织成员")
        ordering = ["order", "pk"]
        permissions = [("export_member", _("导出组织成员"))]
        constraints = [
            models.UniqueConstraint(
                fields=["term", "resident"],
                condition=Q(left_on=None, resident__isnull=False),
                name="a_person_sits_once_in_a_term",
                violation_error_message=_("此人已是本届成员。"),
            ),
            models.UniqueConstraint(
                fields=["term"],
                condition=Q(left_on=None, post="head"),
                name="a_term_has_one_head",
                violation_error_message=_("本届已有负责人，请先办理离任。"),
            ),
            models.CheckConstraint(
                condition=Q(birth_year=None) | Q(birth_year__gte=FIRST_BIRTH_YEAR),
                name="a_member_was_born_after_1900",
                violation_error_message=_("出生年份不能早于1900年。"),
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, **kwargs):
        self.order = self.Post.values.index(self.post)
        super().save(**kwargs)

    def get_absolute_url(self) -> str:
        return reverse("governance:member-detail", args=[self.pk])

    def get_scope_path(self) -> str:
        return self.term.body.org_unit.path

    @property
    def is_head(self) -> bool:
        return self.post == self.Post.HEAD

    @property
    def post_words(self) -> str:
        """What the office calls the post: 书记, 主任, 代表."""
        words = POST_WORDS.get(Body.Kind(self.term.body.kind), USUAL_WORDS)
        return str(words[self.Post.values.index(self.post)])


class KinTie(models.Model):
    """Two people of whom it was declared that they are near relatives.

    Near relatives are spouses, parents, children, brothers and sisters, grandparents
    and grandchildren (民法典 1045); the laws keep them from sitting in one committee
    (居委会法 8, 36; 村委会法 8, 37).
    """

    class Relation(models.TextChoices):
        SPOUSE = "spouse", _("配偶")
        PARENT = "parent", _("父母子女")
        SIBLING = "sibling", _("兄弟姐妹")
        GRANDPARENT = "grandparent", _("祖孙、外祖孙")

    first = models.ForeignKey(
        Resident, models.PROTECT, related_name="+", verbose_name=_("一方")
    )
    second = models.ForeignKey(
        Resident, models.PROTECT, related_name="+", verbose_name=_("另一方")
    )
    relation = models.CharField(_("关系"), max_length=12, choices=Relation)
    declared_on = models.DateField(_("申报日期"))
    created_at = models.DateTimeField(_("登记时间"), auto_now_add=True)

    objects = ScopedQuerySet.as_manager()
    scope_path = "first__org_unit__path"

    class Meta:
        verbose_name = verbose_name_plural = _("近亲属申报")
        ordering = ["-pk"]
        permissions = [("export_kintie", _("导出近亲属申报"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(first__lt=F("second")),
                name="a_kin_tie_joins_two_people_one_way",
                violation_error_message=_("一个人不能是自己的近亲属。"),
            ),
            models.UniqueConstraint(
                fields=["first", "second"],
                name="one_kin_tie_per_two_people",
                violation_error_message=_("这两人的近亲属关系已申报过。"),
            ),
        ]

    def __str__(self):
        return f"{self.first}—{self.second}　{self.get_relation_display()}"

    def get_absolute_url(self) -> str:
        return reverse("governance:kintie-detail", args=[self.pk])

    def get_scope_path(self) -> str:
        return self.first.org_unit.path

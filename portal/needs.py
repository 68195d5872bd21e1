"""What residents come for, in their own words: whom to call, and what is published.

A need leads to the community that deals with it. It promises nothing that the portal
cannot do yet.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from communities.contacts import Phone


@dataclass(frozen=True)
class Hotline:
    """A public number that answers everybody, and what it is for."""

    label: str
    phone: Phone


POLICE = Hotline(_("报警"), Phone("110", "110"))
FIRE = Hotline(_("火警"), Phone("119", "119"))
AMBULANCE = Hotline(_("急救"), Phone("120", "120"))
CITY = Hotline(_("政务服务便民热线"), Phone("12345", "12345"))
LAW = Hotline(_("公共法律服务热线"), Phone("12348", "12348"))
LABOUR = Hotline(_("人力社保服务热线"), Phone("12333", "12333"))
EVERYDAY = (POLICE, FIRE, AMBULANCE, CITY, LAW)


@dataclass(frozen=True)
class Need:
    """One line of the home page and the page behind it."""

    slug: str
    icon: str
    title: str
    examples: str
    # One of these in the title of a notice makes it worth showing: its text often names
    # in passing what it is not about. Matched against Chinese text.
    keywords: tuple[str, ...]
    hotlines: tuple[Hotline, ...] = (CITY,)
    first: str = _("先打社区电话问清楚带什么材料、什么时候去，不白跑一趟。")

    def is_about(self, words: list[str]) -> bool:
        """Whether all words of a query occur in the need's own words."""
        told = f"{self.title}{self.examples}{''.join(self.keywords)}"
        return all(word in told for word in words)


NEEDS = (
    Need(
        "report",
        "request",
        _("反映问题"),
        _("路灯、污水、噪声、占道"),
        ("路灯", "污水", "疏浚", "噪声", "占道", "停水", "停电", "施工"),
        hotlines=(CITY, POLICE),
        first=_("打社区电话，说清在哪条巷、什么问题、什么时候发现的。"),
    ),
    Need(
        "certificates",
        "stamp",
        _("开证明、办证件"),
        _("先打电话问清楚，不白跑"),
        ("证明", "证件", "办证", "换证", "补证", "优待证", "居住证"),
    ),
    Need(
        "hardship",
        "money",
        _("生活有困难"),
        _("低保、临时救助、慰问"),
        ("低保", "救助", "慰问", "困难"),
        first=_("打社区电话，社区工作者可以上门了解情况，不必自己跑。"),
    ),
    Need(
        "elders",
        "elder",
        _("家里有老人"),
        _("助餐、助浴、探访、日托"),
        ("老人", "养老", "助餐", "助浴", "探访", "日托"),
        hotlines=(CITY, AMBULANCE),
        first=_("打社区电话登记需要什么帮助，腿脚不便的可以请社区上门。"),
    ),
    Need(
        "children",
        "baby",
        _("生育和上学"),
        _("生育登记、入园、入学"),
        ("生育", "入园", "入学", "托管"),
    ),
    Need(
        "work",
        "work",
        _("找工作、学技能"),
        _("岗位、培训、失业登记"),
        ("岗位", "招聘", "培训", "市民学校", "失业"),
        hotlines=(LABOUR, CITY),
    ),
    Need(
        "housing",
        "key",
        _("租房和居住登记"),
        _("房东和租客都要办"),
        ("租房", "出租", "居住登记", "居住证"),
        first=_("房东、租客带身份证件到社区登记；先打电话问清办理时间。"),
    ),
    Need(
        "disputes",
        "safety",
        _("纠纷和安全"),
        _("调解、报警、法律顾问"),
        ("调解", "纠纷", "消防", "安全", "防汛", "寒潮", "诈骗"),
        hotlines=(POLICE, FIRE, LAW, CITY),
        first=_("有人身危险先打 110；邻里、家庭纠纷打社区电话，社区安排调解。"),
    ),
)
BY_SLUG = {need.slug: need for need in NEEDS}

"""城市居民委员会组织法, in force since 1 January 2026: its fractions and numbers."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from governance.law.checks import (
    AT_LEAST,
    COMMUNITY,
    MORE_THAN,
    bounds_of,
    cites,
    threshold_of,
)

part = partial(threshold_of, COMMUNITY)
number = partial(bounds_of, COMMUNITY)
article = partial(cites, COMMUNITY)

part(
    "election-valid-voters",
    "1/2",
    MORE_THAN,
    _("登记的选民"),
    _("参加投票"),
    "第十九条第一款",
)
part(
    "election-valid-households",
    "1/2",
    MORE_THAN,
    _("户的代表"),
    _("参加投票"),
    "第十九条第一款",
)
part(
    "election-valid-representatives",
    "2/3",
    MORE_THAN,
    _("居民代表"),
    _("参加投票"),
    "第十九条第一款",
)
part(
    "election-elected",
    "1/2",
    MORE_THAN,
    _("参加投票的人员"),
    _("赞成"),
    "第十九条第二款",
)
part(
    "election-second-round", "1/3", AT_LEAST, _("已投选票"), _("赞成"), "第十九条第二款"
)
part(
    "recall-called-voters",
    "1/10",
    AT_LEAST,
    _("有选举权的居民"),
    _("联名"),
    "第二十条第一款",
)
part(
    "recall-called-households",
    "1/10",
    AT_LEAST,
    _("户的代表"),
    _("联名"),
    "第二十条第一款",
)
part(
    "recall-called-representatives",
    "1/3",
    AT_LEAST,
    _("居民代表"),
    _("联名"),
    "第二十条第一款",
)
part("recall-valid-voters", "1/2", MORE_THAN, _("选民"), _("投票"), "第二十条第二款")
part(
    "recall-valid-households",
    "1/2",
    MORE_THAN,
    _("户的代表"),
    _("投票"),
    "第二十条第二款",
)
part(
    "recall-valid-representatives",
    "2/3",
    MORE_THAN,
    _("居民代表"),
    _("投票"),
    "第二十条第二款",
)
part("recall-passed", "1/2", MORE_THAN, _("投票人员"), _("赞成罢免"), "第二十条第二款")
part(
    "assembly-called-adults",
    "1/10",
    AT_LEAST,
    _("十八周岁以上居民"),
    _("提议"),
    "第二十六条第二款",
)
part(
    "assembly-called-households",
    "1/10",
    AT_LEAST,
    _("户的代表"),
    _("提议"),
    "第二十六条第二款",
)
part(
    "assembly-called-representatives",
    "1/3",
    AT_LEAST,
    _("居民代表"),
    _("提议"),
    "第二十六条第二款",
)
part(
    "assembly-quorum-adults",
    "1/2",
    MORE_THAN,
    _("十八周岁以上居民"),
    _("到会"),
    "第二十七条",
)
part(
    "assembly-quorum-households",
    "1/2",
    MORE_THAN,
    _("户的代表"),
    _("到会"),
    "第二十七条",
)
part("assembly-passed", "1/2", MORE_THAN, _("到会人员"), _("赞成"), "第二十七条")
part("congress-called", "1/5", AT_LEAST, _("居民代表"), _("提议"), "第二十八条第二款")
part("congress-quorum", "2/3", AT_LEAST, _("组成人员"), _("到会"), "第二十九条")
part("congress-passed", "1/2", MORE_THAN, _("到会组成人员"), _("赞成"), "第二十九条")
part(
    "congress-representatives",
    "4/5",
    AT_LEAST,
    _("组成人员"),
    _("是居民代表"),
    "第二十八条第一款",
)
part(
    "audit-asked-representatives",
    "1/3",
    AT_LEAST,
    _("居民代表"),
    _("要求"),
    "第三十八条第一款",
)
part(
    "audit-asked-residents", "1/10", AT_LEAST, _("居民"), _("要求"), "第三十八条第一款"
)

number("committee-members", 5, 9, _("居民委员会成员人数"), "第八条第一款")
number("committee-women", 1, None, _("居民委员会妇女成员人数"), "第八条第二款")
number(
    "households-each-representative", 20, 50, _("每名居民代表的户数"), "第十三条第二款"
)
number("unit-households", 1000, 3000, _("社区户数"), "第三条第一款")
number("proxy-principals", 0, 3, _("一人接受委托的人数"), "第十九条第四款")
number("nominators", 10, None, _("联合提名的选民人数"), "第十八条")
number("unfit-in-a-row", 0, 1, _("连续评议不称职的次数"), "第三十七条第二款")

article("kin-apart", "第八条第二款")
article("supervision-apart", "第三十六条第一款")
article("supervision", "第三十六条第一款")
article("committee", "第二条第一款")
article("congress", "第二十八条第二款")
article("council", "第三十二条第一款")
article("party", "第四条第二款")
article("party-first", "第三十条第四款")

"""村民委员会组织法, as amended on 28 October 2025: its fractions and numbers."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from governance.law.checks import (
    AT_LEAST,
    MORE_THAN,
    VILLAGE,
    bounds_of,
    cites,
    threshold_of,
)

part = partial(threshold_of, VILLAGE)
number = partial(bounds_of, VILLAGE)
article = partial(cites, VILLAGE)

part(
    "election-valid-voters",
    "1/2",
    MORE_THAN,
    _("登记参加选举的村民"),
    _("参加投票"),
    "第十八条第二款",
)
part(
    "election-elected",
    "1/2",
    MORE_THAN,
    _("参加投票的村民"),
    _("赞成"),
    "第十八条第二款",
)
part(
    "election-second-round", "1/3", AT_LEAST, _("已投选票"), _("赞成"), "第十八条第二款"
)
part(
    "recall-called-voters",
    "1/5",
    AT_LEAST,
    _("有选举权的村民"),
    _("联名"),
    "第十九条第一款",
)
part(
    "recall-called-representatives",
    "1/3",
    AT_LEAST,
    _("村民代表"),
    _("联名"),
    "第十九条第一款",
)
part(
    "recall-valid-voters",
    "1/2",
    MORE_THAN,
    _("登记参加选举的村民"),
    _("投票"),
    "第十九条第二款",
)
part(
    "recall-passed", "1/2", MORE_THAN, _("投票的村民"), _("赞成罢免"), "第十九条第二款"
)
part(
    "assembly-called-adults", "1/10", AT_LEAST, _("村民"), _("提议"), "第二十五条第二款"
)
part(
    "assembly-called-representatives",
    "1/3",
    AT_LEAST,
    _("村民代表"),
    _("提议"),
    "第二十五条第二款",
)
part(
    "assembly-quorum-adults",
    "1/2",
    MORE_THAN,
    _("十八周岁以上村民"),
    _("到会"),
    "第二十六条第一款",
)
part(
    "assembly-quorum-households",
    "2/3",
    AT_LEAST,
    _("户的代表"),
    _("到会"),
    "第二十六条第一款",
)
part("assembly-passed", "1/2", MORE_THAN, _("到会人员"), _("赞成"), "第二十六条第一款")
part("congress-called", "1/5", AT_LEAST, _("村民代表"), _("提议"), "第三十条第一款")
part("congress-quorum", "2/3", AT_LEAST, _("组成人员"), _("到会"), "第三十条第二款")
part("congress-passed", "1/2", MORE_THAN, _("到会人员"), _("赞成"), "第三十条第二款")
part(
    "congress-representatives",
    "4/5",
    AT_LEAST,
    _("组成人员"),
    _("是村民代表"),
    "第二十九条第一款",
)
part(
    "congress-women",
    "1/3",
    AT_LEAST,
    _("组成人员"),
    _("是妇女村民代表"),
    "第二十九条第一款",
)
part("audit-asked-residents", "1/5", AT_LEAST, _("村民"), _("要求"), "第四十条第一款")

number("committee-members", 3, 7, _("村民委员会成员人数"), "第八条第一款")
number("committee-women", 1, None, _("村民委员会妇女成员人数"), "第八条第二款")
number(
    "households-each-representative", 5, 15, _("每名村民代表的户数"), "第二十九条第二款"
)
number("proxy-principals", 0, 3, _("一人接受委托的人数"), "第十八条第四款")
number("unfit-in-a-row", 0, 1, _("连续评议不称职的次数"), "第三十八条第二款")

article("kin-apart", "第八条第二款")
article("supervision-apart", "第三十七条第一款")
article("supervision", "第三十七条第一款")
article("committee", "第二条第一款")
article("council", "第三十三条第一款")
article("party", "第四条第二款")
article("party-first", "第二十八条第三款")

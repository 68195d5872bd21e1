"""The articles of both laws on elections, recall and hand-over that hold no number."""

from governance.law.checks import COMMUNITY, VILLAGE, cites

# The rule, its article for communities, its article for villages.
ARTICLES = (
    ("election-mode", "第十四条第一款", "第十四条第一款"),
    ("election-term", "第十四条第二款", "第十四条第二款"),
    ("election-committee", "第十五条第二款", "第十五条第二款"),
    ("election-committee-leave", "第十五条第三款", "第十五条第三款"),
    ("election-committee-fill", "第十五条第四款", "第十五条第四款"),
    ("voters-age", "第十六条第一款", "第十六条第一款"),
    ("voters-register", "第十六条第二款", "第十六条第二款"),
    ("voters-others", "第十六条第三款", "第十六条第二款"),
    ("voters-list", "第十七条第一款", "第十七条第一款"),
    ("voters-objection", "第十七条第二款", "第十七条第二款"),
    ("candidates", "第十八条", "第十八条第一款"),
    ("candidates-woman", "第八条第二款", "第八条第二款"),
    ("ballots", "第十九条第三款", "第十八条第三款"),
    ("proxies", "第十九条第四款", "第十八条第四款"),
    ("election-rules", "第十九条第五款", "第十八条第五款"),
    ("recall", "第二十条第一款", "第十九条第一款"),
    ("recall-vote", "第二十条第二款", "第十九条第二款"),
    ("resignation", "第二十一条", "第二十条"),
    ("by-election", "第二十四条", "第二十三条"),
    ("transfer", "第二十五条", "第二十四条"),
    ("leaving-audit", "第三十八条第二款", "第四十条第二款"),
)

for slug, in_communities, in_villages in ARTICLES:
    cites(COMMUNITY, slug, in_communities)
    cites(VILLAGE, slug, in_villages)
# Whoever is on the list of one village may not be on that of another.
cites(VILLAGE, "voters-one-place", "第十六条第三款")

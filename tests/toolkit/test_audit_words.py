"""The auditor reads words, not names out of the code."""

import re
from pathlib import Path

from accounts.models import Trail
from toolkit.audit_words import all_verbs

ROOT = Path(__file__).resolve().parents[2]
RECORDED = re.compile(
    r'audit\.record\(\s*"([a-z-]+)"|remember\(\s*[\w.]+,\s*"([a-z-]+)"'
)


def recorded_verbs():
    for path in ROOT.glob("*/**/*.py"):
        if path.parts[len(ROOT.parts)] not in {"tests", "benchmarks", ".venv", "var"}:
            for found in RECORDED.findall(path.read_text(encoding="utf-8")):
                yield next(filter(None, found))


def test_every_recorded_verb_has_words():
    verbs = set(recorded_verbs())
    assert {"login", "produced", "attached"} < verbs
    assert verbs <= set(all_verbs())


def test_a_refusal_says_which_function_was_refused():
    event = Trail(verb="refused", purpose="visits.change_visitduty")
    assert (event.act, event.what_for) == ("拒绝访问", "修改走访任务")


def test_a_refusal_of_no_permission_stays_as_it_is():
    assert Trail(verb="refused", purpose="signed_in").what_for == "signed_in"
    assert Trail(verb="refused", purpose="local").what_for == "只限本机的地址"


def test_a_stranger_who_is_refused_is_not_the_portal():
    assert Trail(verb="refused").who == "未登录"
    assert Trail(verb="compiled").who == "系统"


def test_a_batch_names_its_kind():
    event = Trail(verb="produced", batch="reports.report:01a8")
    assert (event.who, event.about) == ("系统", "报表")


def test_a_login_that_failed_is_nobody():
    assert Trail(verb="login-failed").who == ""
    assert Trail(verb="login-failed").about == ""

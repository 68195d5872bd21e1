"""The auditor reads words, not names out of the code."""

import re
from pathlib import Path

import pytest

from accounts.models import Trail
from accounts.roles import declared_roles
from toolkit.audit_words import all_verbs
from toolkit.url_policies import every_route

ROOT = Path(__file__).resolve().parents[2]
LATIN = re.compile("[A-Za-z]")
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
    assert (event.act, event.barred) == ("被拒绝访问", "修改走访任务")
    assert event.what_for == ""


def test_what_was_allowed_has_a_purpose_and_nothing_barred():
    event = Trail(verb="revealed", purpose="联系本人")
    assert (event.what_for, event.barred) == ("联系本人", "")


@pytest.mark.parametrize(
    ("permission", "words"),
    [
        ("notices.publish_notice", "审核并发布通知公告"),
        ("communities.import_resident", "导入居民名册"),
        ("visits.export_visit", "导出走访记录"),
        ("signed_in", "登录后的页面"),
    ],
)
def test_a_permission_of_its_own_bears_its_name(permission, words):
    assert Trail(verb="refused", purpose=permission).barred == words


def test_whatever_is_refused_is_told_in_words():
    granted = {
        f"{model.partition('.')[0]}.{action}_{model.partition('.')[2]}"
        for role in declared_roles()
        for model, actions in role["grants"].items()
        for action in actions.split()
    }
    asked = {route["policy"] for route in every_route()}
    assert {"notices.publish_notice", "local"} < granted | asked
    for permission in granted | asked:
        words = Trail(verb="refused", purpose=permission).barred
        assert not LATIN.search(words), permission


@pytest.mark.parametrize(
    ("batch", "words"),
    [
        ("accounts.trail", ""),
        ("communities.resident:job 12", "后台任务12"),
        ("roster:7", "第7批"),
        ("roster:a2a43a33-6025-40f0-aaa3-9556dfae7e1b", "第a2a43a33批"),
        ("", ""),
    ],
)
def test_a_run_is_told_in_words(batch, words):
    assert Trail(batch=batch).run == words
    assert Trail(verb="refused", purpose="local").barred == "只限本机的地址"


def test_the_models_of_libraries_have_names_too():
    viewed = "usersessions.view_usersession"
    assert Trail(verb="refused", purpose=viewed).barred == "查看登录的设备"


def test_a_stranger_who_is_refused_is_not_the_portal():
    assert Trail(verb="refused").who == "未登录"
    assert Trail(verb="compiled").who == "系统"


def test_a_batch_names_its_kind():
    event = Trail(verb="produced", batch="reports.report:01a8")
    assert (event.who, event.about) == ("系统", "报表")


def test_a_login_that_failed_is_nobody():
    assert Trail(verb="login-failed").who == ""
    assert Trail(verb="login-failed").about == ""

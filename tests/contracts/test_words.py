"""One word for one thing, on every page: 单元 is a staircase, an account is an 账号."""

import re

import polib
import pytest
from django.conf import settings

from tests.factories.communities import make_family

CATALOGUE = settings.BASE_DIR / "locale" / "en" / "LC_MESSAGES" / "django.po"


@pytest.fixture(scope="module")
def sentences():
    """Every sentence of the portal that is translated, so every one that it says."""
    return [one.msgid for one in polib.pofile(str(CATALOGUE)) if not one.obsolete]


def test_an_account_is_called_so(sentences):
    """The user of the operating system keeps the name that the system gives him."""
    said = [one for one in sentences if "用户" in one.replace("系统用户", "")]
    assert said == []


def test_the_page_of_an_account_says_what_to_do_about_a_leaver(browse, mei, lin):
    page = browse(mei).get(f"/accounts/users/{lin.pk}/edit/").content.decode()
    assert "<h1>修改账号</h1>" in page
    assert "停用后不能登录。人员离岗时停用账号，不要删除。" in page
    assert re.findall("用户|有效", page) == []


def test_who_follows_a_head_is_asked_in_the_same_words(sentences):
    others = re.compile("接着当户主|选一位新户主|户主要从|成员里选")
    assert [one for one in sentences if others.search(one)] == []


def test_a_field_is_named_in_english_as_it_stands_in_its_form():
    entries = polib.pofile(str(CATALOGUE))
    said = [one.msgstr for one in entries if "“报表起始日”" in one.msgid]
    assert said
    label = entries.find("报表起始日").msgstr
    assert [one for one in said if f"“{label}”" not in one] == []


def test_only_a_staircase_is_called_unit(sentences):
    """The cells of a sheet have the sign in common."""
    said = [one for one in sentences if "单元" in one.replace("单元格", "")]
    assert said == ["单元"]


def test_the_tree_offers_a_new_grid(browse, mei, donghu_grid):
    page = browse(mei).get("/communities/units/").content.decode()
    assert "新设网格" in page
    page = browse(mei).get("/communities/orgunits/new/").content.decode()
    assert "<h1>新设社区、村或网格</h1>" in page


@pytest.mark.parametrize(
    ("slug", "hint"),
    [
        ("split", "户口簿上的户号。"),
        ("merge", "填户号或住址，从提示中选择。"),
        ("transfer", "填户号或住址，从提示中选择。"),
    ],
)
def test_a_step_says_how_to_name_a_household(slug, hint, browse, mei, donghu_grid):
    home = make_family(donghu_grid, ("林大山", "02"), ("陈阿娥", "12"))
    page = browse(mei).get(f"/communities/households/{home.pk}/steps/{slug}/")
    assert hint in page.content.decode()


def test_a_party_branch_is_no_body_of_self_government(sentences, browse, mei):
    assert [one for one in sentences if "自治组织" in one] == []
    page = browse(mei).get("/governance/").content.decode()
    assert "<h1>自治</h1>" in page
    assert "全部基层组织" in page

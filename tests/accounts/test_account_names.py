"""What an account may be called."""

from django.urls import reverse

from accounts.models import User
from tests.factories import make_assignment, make_user
from toolkit.history import history_of

CYRILLIC = "s\u0435curity"


def test_a_letter_of_another_alphabet_is_refused(street, browse):
    clerk = make_assignment("clerk", street, ["add_user", "view_user"]).user
    sent = {"username": CYRILLIC, "name": "王小明", "is_active": "on"}
    answer = browse(clerk).post(reverse("accounts:user-create"), sent)
    assert answer.status_code == 422
    assert "账号只能用英文字母" in answer.content.decode()
    assert not User.objects.filter(username=CYRILLIC).exists()


def test_an_account_with_a_name_of_old_can_be_closed(street, browse):
    clerk = make_assignment("clerk", street, ["change_user", "view_user"]).user
    leaver = make_user("张三")
    url = reverse("accounts:user-update", args=[leaver.pk])
    answer = browse(clerk).post(url, {"username": "张三", "name": "张三"})
    assert answer.status_code == 302
    leaver.refresh_from_db()
    assert not leaver.is_active
    [told] = [
        (change["old"], change["new"])
        for change in history_of(leaver).first().changes
        if change["field"] == "is_active"
    ]
    assert told == ("是", "否")
    answer = browse(clerk).post(url, {"username": "张四", "name": "张三"})
    assert "账号只能用英文字母" in answer.content.decode()


def test_the_list_of_accounts_says_which_are_stopped(browse, mei, lin):
    lin.is_active = False
    lin.save()
    page = browse(mei).get("/accounts/users/").content.decode()
    assert ">停用<" in page
    assert ">启用<" in page
    assert "新建账号" in page


def test_a_refused_form_says_what_has_not_been_done_and_how_much_to_complete(
    browse, mei, lin
):
    page = browse(mei).post("/accounts/users/new/", {})
    assert "尚未保存，有 2 处需要补填或更正" in page.content.decode()
    page = browse(lin).post("/communities/rosters/new/", {})
    assert "尚未上传，有 " in page.content.decode()


def test_readers_of_english_learn_the_state_of_an_account_not_what_to_do(
    client, browse, mei, lin
):
    lin.is_active = False
    lin.save()
    client.cookies["django_language"] = "en"
    page = browse(mei).get("/accounts/users/?is_active=false").content.decode()
    assert ">Disabled<" in page
    assert "Deactivate" not in page


def test_the_filter_of_accounts_asks_for_their_state(browse, mei, lin):
    lin.is_active = False
    lin.save()
    answer = browse(mei).get("/accounts/users/?is_active=false")
    page = answer.content.decode()
    assert '<option value="false" selected>停用</option>' in page
    assert '<option value="true">启用</option>' in page
    assert "启用账号" not in page
    [condition] = answer.context["conditions"]
    assert (condition["label"], condition["value"]) == ("状态", "停用")

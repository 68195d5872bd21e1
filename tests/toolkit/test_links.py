"""A link that is shown can be opened; to others the same words are plain text."""

from tests.factories import make_assignment, make_lane, make_notice
from toolkit.permissions import address_for


def test_a_row_has_an_address_for_whom_may_open_it(donghu, lin, chen):
    lane = make_lane(donghu)
    assert address_for(lane, lin) == lane.get_absolute_url()
    assert address_for(lane, chen) == ""


def test_a_row_without_a_page_has_no_address(lin):
    assert address_for(lin.assignments.get().role, lin) == ""


def test_the_author_of_a_notice_is_a_link_to_the_keeper_of_accounts_only(
    donghu, street, lin, browse
):
    notice = make_notice(donghu, author=lin)
    link = f'href="{lin.get_absolute_url()}"'
    reader = make_assignment("reader", donghu, permissions=["view_notice"]).user
    page = browse(reader).get(notice.get_absolute_url()).content.decode()
    assert str(lin) in page
    assert link not in page
    keeper = make_assignment(
        "keeper", street, permissions=["view_notice", "view_user"]
    ).user
    assert link in browse(keeper).get(notice.get_absolute_url()).content.decode()

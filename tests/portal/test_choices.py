import pytest

DISPLAY = "/display/"


def test_large_type_is_a_cookie_and_leads_back(client, shown, read):
    answer = client.post(DISPLAY, {"type": "large", "next": "/notices/?q=a"})
    assert (answer.status_code, answer.url) == (302, "/notices/?q=a")
    cookie = answer.cookies["type"]
    assert (cookie.value, cookie["samesite"], cookie["httponly"]) == (
        "large",
        "Lax",
        True,
    )
    assert 'data-yh-type="large"' in read("/notices/")
    client.post(DISPLAY, {"type": "normal"})
    assert 'data-yh-type="large"' not in read("/notices/")


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_the_theme_is_a_cookie(theme, client, read, street):
    client.post(DISPLAY, {"theme": theme})
    assert f'data-bs-theme="{theme}"' in read("/")
    client.post(DISPLAY, {"theme": "auto"})
    assert "data-bs-theme" not in read("/")


def test_the_language_is_a_cookie(client, read, street):
    client.post(DISPLAY, {"language": "en"})
    assert '<html lang="en"' in read("/")
    client.post(DISPLAY, {"language": "zh-hans"})
    assert '<html lang="zh-hans"' in read("/")


@pytest.mark.parametrize(
    "asked",
    [{"type": "huge"}, {"theme": "pink"}, {"language": "xx"}, {"theme": "\x00"}],
)
def test_nonsense_is_refused_and_nothing_kept(asked, client, street):
    answer = client.post(DISPLAY, asked)
    assert answer.status_code == 400
    assert not answer.cookies


@pytest.mark.parametrize(
    "url",
    ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "\\\\x", ""],
)
def test_it_never_leads_to_another_site(url, client, street):
    assert client.post(DISPLAY, {"type": "large", "next": url}).url == "/"


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Referer": "https://evil.example/testserver"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
)
@pytest.mark.parametrize("url", [DISPLAY, "/my-community/"])
def test_a_form_on_another_site_is_refused(headers, url, client, donghu):
    answer = client.post(url, {"type": "large", "community": ""}, headers=headers)
    assert answer.status_code == 400
    assert not answer.cookies


def test_a_form_of_ours_is_taken(client, street):
    headers = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}
    answer = client.post(DISPLAY, {"type": "large"}, headers=headers)
    assert answer.status_code == 302


def test_ones_community_is_chosen_once(client, read, reachable):
    answer = client.post("/my-community/", {"community": "330381002901", "next": "/"})
    assert answer.cookies["community"].value == "330381002901"
    assert "东湖巷1号" in read("/")
    answer = client.get("/my-community/")
    assert (answer.status_code, answer.url) == (302, "/units/330381002901/")
    assert "东湖社区（现在）" in read("/my-community/?change=1")


def test_it_can_be_forgotten(client, read, reachable):
    client.cookies["community"] = "330381002901"
    client.post("/my-community/", {"community": ""})
    assert "您住在哪个社区？" in read("/")


@pytest.mark.parametrize("code", ["x", "330381002000", "330381002901001"])
def test_only_a_community_of_today_is_taken(code, client, donghu_grid):
    assert client.post("/my-community/", {"community": code}).status_code == 400


def test_reading_changes_nothing(client, street):
    assert client.get(DISPLAY).status_code == 405


def test_every_page_comes_back_to_itself(read, shown):
    assert 'name="next" value="/notices/?q=%E6%B0%B4"' in read("/notices/?q=%E6%B0%B4")
    page = read('/notices/?x="><script>')
    assert '"><script>' not in page

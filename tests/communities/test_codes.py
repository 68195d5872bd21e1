import pytest
from django.utils import translation

from communities import codes

every_list = pytest.mark.parametrize("code_list", codes.LISTS.values(), ids=codes.LISTS)


@every_list
def test_a_list_has_each_code_once_and_both_languages(code_list):
    assert len(code_list.values) == len(code_list.items)
    for code, chinese, english, *_spellings in code_list.items:
        assert code.isalnum()
        assert chinese
        assert not chinese.isascii()
        assert english.isascii()


@every_list
def test_a_list_has_a_code_for_what_is_not_known(code_list):
    assert code_list.unknown in code_list
    assert code_list.label(code_list.unknown) in ("未知", "未说明")
    for empty in ("", None, "  "):
        assert code_list.find(empty) == code_list.unknown


@every_list
def test_no_spelling_means_two_codes(code_list):
    seen = {}
    for code, *names in code_list.items:
        for name in names:
            assert seen.setdefault(name.lower(), code) == code, name


@every_list
def test_every_code_label_and_spelling_finds_its_code(code_list):
    for code, *names in code_list.items:
        assert code_list.find(code) == code
        for name in names:
            assert code_list.find(name) == code
            assert code_list.find(f" {name[:1]} {name[1:]}") == code


@every_list
def test_codes_fit_their_column_and_have_one_length(code_list):
    assert max(map(len, code_list.values)) <= 4
    assert code_list.own <= set(code_list.values)


@pytest.mark.parametrize(
    ("name", "written", "code"),
    [
        ("sex", "女", "2"),
        ("sex", "男性", "1"),
        ("sex", "１", "1"),
        ("sex", 1.0, "1"),
        ("sex", "m", "1"),
        ("ethnicity", "汉", "01"),
        ("ethnicity", "汉族", "01"),
        ("ethnicity", 1, "01"),
        ("ethnicity", "畲", "22"),
        ("ethnicity", "土", "30"),
        ("ethnicity", "土家", "15"),
        ("relation", "户主", "02"),
        ("relation", "配偶", "10"),
        ("relation", "长子", "22"),
        ("relation", "2", "02"),
        ("relation", "12 妻", "12"),
        ("relation", "22-长子", "22"),
        ("education", "大学", "20"),
        ("education", "大专", "30"),
        ("political", "群众", "13"),
        ("political", "党员", "01"),
        ("marital", "离异", "40"),
        ("id_document", "身份证", "111"),
        ("id_document", "台胞证", "511"),
        ("occupation", "退休", "80"),
        ("health", "健康", "1"),
        ("disability_kind", "肢体", "4"),
        ("disability_grade", "1级", "1"),
    ],
)
def test_words_of_real_archives_are_understood(name, written, code):
    assert codes.LISTS[name].find(written) == code


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("sex", "不男不女"),
        ("sex", "3"),
        ("ethnicity", "毛难族"),
        ("ethnicity", "57"),
        ("relation", "12 夫"),
        ("relation", 1.5),
        ("education", "x" * 10_000),
    ],
)
def test_what_is_not_in_the_list_is_not_guessed(name, written):
    assert codes.LISTS[name].find(written) is None


def test_all_fifty_six_peoples_are_there_in_order():
    assert [f"{number:02}" for number in range(1, 57)] == codes.ETHNICITY.values[:56]
    assert codes.ETHNICITY.label("22") == "畲族"
    assert codes.ETHNICITY.label("56") == "基诺族"


def test_family_relations_are_complete():
    standard = {"01", "02", "10", "11", "12", "99", *map(str, range(20, 98))}

    assert set(codes.RELATION.values) == standard | codes.RELATION.own


def test_labels_follow_the_language_of_the_reader():
    sex = dict(codes.SEX.choices)

    with translation.override("en"):
        assert (str(sex["2"]), codes.SEX.label("1")) == ("Female", "Male")
    with translation.override("zh-hans"):
        assert (str(sex["2"]), codes.SEX.label("1")) == ("女", "男")


def test_a_code_that_is_no_longer_in_the_list_shows_as_it_is():
    assert codes.SEX.label("7") == "7"


def test_senior_secondary_and_above_are_codes_of_the_list():
    labels = [codes.EDUCATION.label(code) for code in codes.SENIOR_SECONDARY_AND_ABOVE]

    assert labels == ["研究生", "大学本科", "大学专科", "中等职业", "普通高中"]

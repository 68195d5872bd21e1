"""Relations to a new head: what is certain, what is left to the clerk."""

from datetime import date

import pytest

from communities.relations import Person, inverse, relation_to

MAN, WOMAN = "1", "2"
FATHER = Person("02", MAN, date(1950, 1, 1))
MOTHER = Person("02", WOMAN, date(1950, 1, 1))


@pytest.mark.parametrize(
    ("to_old_head", "sex_of_old_head", "expected"),
    [
        ("12", MAN, "11"),
        ("11", WOMAN, "12"),
        ("22", MAN, "51"),
        ("22", WOMAN, "52"),
        ("27", MAN, "57"),
        ("51", MAN, "20"),
        ("28", WOMAN, "56"),
        ("38", MAN, "53"),
        ("54", WOMAN, "38"),
        ("42", MAN, "61"),
        ("71", WOMAN, "77"),
        ("99", MAN, "99"),
        ("97", MAN, "00"),
        ("51", "0", "00"),
    ],
)
def test_the_old_head_becomes_the_inverse(to_old_head, sex_of_old_head, expected):
    assert inverse(to_old_head, sex_of_old_head) == expected


@pytest.mark.parametrize(
    ("member", "new_head", "old_head", "expected"),
    [
        # Two children of one head are brother and sister, by age.
        (
            Person("30", WOMAN, date(1980, 1, 1)),
            Person("20", MAN, date(1975, 1, 1)),
            FATHER,
            "77",
        ),
        (
            Person("20", MAN, date(1970, 1, 1)),
            Person("30", WOMAN, date(1975, 1, 1)),
            FATHER,
            "71",
        ),
        (Person("20", MAN), Person("30", WOMAN), FATHER, "70"),
        # Parents of the old head.
        (Person("52", WOMAN), Person("20", MAN), FATHER, "62"),
        (Person("52", WOMAN), Person("20", MAN), MOTHER, "64"),
        (Person("51", MAN), Person("12", WOMAN), FATHER, "53"),
        (Person("52", WOMAN), Person("11", MAN), MOTHER, "56"),
        (Person("55", MAN), Person("12", WOMAN), FATHER, "51"),
        # The parent becomes head.
        (Person("12", WOMAN), Person("51", MAN), FATHER, "38"),
        (Person("22", MAN), Person("52", WOMAN), FATHER, "41"),
        (Person("32", WOMAN), Person("51", MAN), MOTHER, "44"),
        # A brother becomes head.
        (Person("12", WOMAN), Person("73", MAN), FATHER, "72"),
        (Person("20", MAN), Person("73", MAN), FATHER, "93"),
        (Person("71", MAN), Person("20", MAN), FATHER, "81"),
        (Person("77", WOMAN), Person("20", MAN), MOTHER, "88"),
    ],
)
def test_what_follows_for_certain_is_worked_out(member, new_head, old_head, expected):
    answer = relation_to(member, new_head=new_head, old_head=old_head)

    assert answer.code == expected


@pytest.mark.parametrize(
    ("member", "new_head", "likely"),
    [
        (Person("22", MAN), Person("12", WOMAN), "22"),
        (Person("12", WOMAN), Person("22", MAN), "52"),
        (Person("41", MAN), Person("20", MAN), "20"),
        (Person("97", MAN), Person("20", MAN), ""),
    ],
)
def test_a_child_of_the_spouse_may_be_a_stepchild_and_is_asked(
    member, new_head, likely
):
    answer = relation_to(member, new_head=new_head, old_head=FATHER)

    assert (answer.code, answer.likely) == ("00", likely)

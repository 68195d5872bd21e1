import sys

import pytest

from toolkit.privacy.detectors import (
    find_personal_numbers,
    lines_with_doubtful_ids,
)

SOUND = "330381190001010018"


def kinds(text, **kwargs):
    return [hit.kind for hit in find_personal_numbers(text, **kwargs)]


@pytest.mark.parametrize(
    "text",
    [
        SOUND,
        f"身份证{SOUND}，请核对",
        f"ID{SOUND}",
        "330381 19000101 0018",
        "330381-19000101-0018",
        "３３０３８１１９０００１０１００１８",
        "3303\u200b81190001010018",
        f"1 {SOUND}",
        f"{SOUND} 5",
        "330381\t19000101\t0018",
        "330381  19000101  0018",
        "330381\n19000101\r\n0018",
        "330381/1900/0101/0018",
        "330381,19000101,0018",
        "330381，19000101，0018",
        "330381_19000101_0018",
        "（330381）19000101【0018】",
        "| 330381 | 19000101 | 0018 |",
        "330381・19000101・0018",
        "330381•19000101•0018",
        "330381。19000101。0018",
        "330381＝19000101＝0018",
        "330381+19000101+0018",
        "330381#19000101#0018",
        "三三〇三八一一九〇〇〇一〇一〇〇一八",
        "330381一九〇〇零壹零一00一八",
        "330381190001\x1f010018",
        "\x1f".join(SOUND),
        "٣٣٠٣٨١١٩٠٠٠١٠١٠٠١٨",
        "③③⓪③⑧①①⑨⓪⓪⓪①⓪①⓪⓪①⑧",
        "𝟛𝟛𝟘𝟛𝟠𝟙𝟙𝟡𝟘𝟘𝟘𝟙𝟘𝟙𝟘𝟘𝟙𝟠",
        "3️⃣3️⃣0️⃣3️⃣8️⃣1️⃣19000101️0018",
        "&#51;&#x33;0381190001010018",
        "330381&nbsp;19000101&nbsp;0018",
        "3\u200b\u2060303811\u00ad90001010018",
        f"①{SOUND}",
        f"{SOUND}×2",
        "330381—19000101–0018",  # noqa: RUF001
        "330381\u202819000101\u20290018",
        "330381\u168019000101\u30000018",
        "3 30381190001010018",  # groups would be longer
        "990381190001010010",  # a county that is not on the list
    ],
)
def test_finds_an_id_number_however_it_is_written(text):
    assert kinds(text) == ["id_number"]


@pytest.mark.parametrize(
    "text",
    [
        "330381190001010019",  # wrong check digit
        "330381190013010014",  # there is no month 13
        "330381299901010013",  # not born yet
        f"9{SOUND}",  # nineteen digits are something else
        "2026112308300000000",
        "330381\t19000101\t0019",
        "33 0 381 | 1900 | 0101 | 0018",  # neither groups nor single cells
        "990381\t19000101\t0010",  # marks of a table, and no such county
        "12330381470123456K",  # credit codes (GB 32100-2015)
        "913303817176543214",
        "瑞玉街〔2026〕15号 2026/11/23 2026/11/30 2026/12/07",
        "150\t2000\t3000\t180\t2400\t3600",
        "砂石\t150\t2000\t3000",
        "砂石 | 150 | 2000 | 3000",
        "砂石\x1f150\x1f2000\x1f3000",
        "150\n2000\n3000",
        "共150\n20260101起",
        "补助150，2000，3000元",
        "分别是150  2000  3000元",
        "分别是150、2000、3000",
        "手机补贴150，2000，3000元",
        "配合比150：2000：3000",
        "户数\t人数\t金额\t电话\n156\t1280\t3400\t65812345",
        "户数,人数,金额,电话\n156,1280,3400,65812345",
        "户数\x1f人数\x1f联系电话\x1f\n156\x1f1280\x1f3400\x1f",
        "户数\x1f电话号码\n156\x1f10283400",
        "户数\n金额\n电话\n156\n1280\n3400\n65812345",
        "电话\x1f150\x1f1200\x1f3400\x1f",
        "联系电话：150、1200、3400、65812345",
        "本月拨打电话150、1200、3400",
        "热线电话：150、1200、3400次",
        "一 356 128 34 20",
        "地址138:0013:8000:0001",
        "地址2001:138:0013:8000",
        "联系电话\n156\n1280\n3400\n合计",
        "户数\x1f电话\x1f\n" + "\x1f".join("13800138000"),
        "150+2000+3000=5150",
        "1、3、4、5、6、7、8、9、0、1、2",
        "1\x1f3\x1f8\x1f0\x1f0\x1f1\x1f3\x1f8\x1f0\x1f0\x1f0",
        "电话\n1\n3\n8\n0\n0\n1\n3\n8\n0\n0\n0\n5",
        "5  1  3  8  0  0  1  3  8  0  0  0",
        "编号113800138000",
        "一三八〇〇一三八〇〇〇五",
        "一、三、四、五、六、七、八、九、十、十一、十二",
        "2026年十一月三〇日13800一二三",
        "二〇二六年十一月三十日、二〇二六年十二月一日",
        "2026/1380/0138000",
        "订单号2026113013800138000123",
        "0577-65812345",
        "",
    ],
)
def test_leaves_other_numbers_alone(text):
    assert kinds(text) == []


def test_finds_old_id_numbers_of_a_province_with_a_birth_date():
    assert kinds("330381900101001") == ["id_number"]
    assert kinds("990381900101001") == []
    assert kinds("330381901301001") == []


@pytest.mark.parametrize(
    "text",
    [
        "13800138000",
        "138-0013-8000",
        "138 0013 8000",
        "+86 13800138000",
        "008613800138000",
        "0086-138-0013-8000",
        "0013800138000",
        "013800138000",
        "(+86)13800138000",
        "138  0013  8000",
        "138\t0013\t8000",
        "138/0013/8000",
        "138_0013_8000",
        "（138）0013 8000",
        "138\n0013\n8000",
        "1380013\r\n8000",
        "138001\n  38000",
        "138・0013・8000",
        "138•0013•8000",
        "138～0013～8000",
        "138转0013转8000",
        "1--3--8--0--0--1--3--8--0--0--0",
        "1  3  8  0  0  1  3  8  0  0  0",
        "\u3164".join("13800138000"),
        "138\u28000013\u28008000",
        "一三八〇〇一三八〇〇〇",
        "幺三八 零零一三 八零零零",
        "壹叁捌零零壹叁捌零零零",
        "１３８００１３８０００",
        "①③⑧⓪⓪①③⑧⓪⓪⓪",
        "𝟏𝟑𝟖𝟎𝟎𝟏𝟑𝟖𝟎𝟎𝟎",
        "1380 013 8000",
        "13800138000元",
        "138零零138零零零",
        "13八00138000",
        "一、三、八、零、零、一、三、八、零、零、零",
        "138：0013：8000",
        "138：1234：0800",
    ],
)
def test_finds_a_mobile_phone_once(text):
    assert kinds(f"请打{text}联系") == ["mobile"]


@pytest.mark.parametrize(
    "text",
    [
        "电话：138、0013、8000",
        "手机号码 138，0013，8000",
        "联系电话\x1f138\x1f00138000\x1f",
        "Tel: 138：0013：8000",
        "请拨打138、0013、8000",
        "电话号码是138\n0013\n8000",
        "联系电话\n" + "\n".join("13800138000"),
        "手机\x1f" + "\x1f".join("13800138000"),
        "电话：138、1234、8123",
        "手机号码 138，1234，8123",
        "联系电话\x1f138\x1f12348123\x1f",
        "姓名\x1f联系方式\x1f138\x1f1234\x1f8123\x1f\n1\x1f2",
        "电话：138、1234、8123、139、1234、8123",
        "负责人电话\n138、0013、8000",
    ],
)
def test_finds_a_mobile_phone_under_its_head_even_where_marks_part_figures(text):
    assert kinds(text) == ["mobile"]


@pytest.mark.parametrize("mark", ["X", "x", "×", "Х", "х", "Χ", "Ⅹ", "Ｘ"])  # noqa: RUF001
def test_finds_the_x_at_the_end_in_whatever_script(mark):
    assert kinds(f"11010519491231002{mark}") == ["id_number"]
    assert kinds(f"110105 19491231 002{mark}") == ["id_number"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (SOUND * 2, ["id_number"] * 2),
        (f"11010519491231002x{SOUND}", ["id_number"] * 2),
        ("1380013800013900139000", ["mobile"] * 2),
        (f"{SOUND}13800138000", ["id_number", "mobile"]),
        ("13800138000" * 3, ["mobile"] * 3),
        ("3301234567890123456789", []),
    ],
)
def test_finds_numbers_glued_together(text, found):
    assert kinds(f"号码{text}。") == found


def test_what_counts_items_does_not_hide_the_number_behind_it():
    text = "①13800138000 2️⃣13900139000 电话13700137000² ③１３８００１３８００１"
    assert kinds(text) == ["mobile"] * 4


@pytest.mark.parametrize(
    "text", ["电话13800138000一周内办好", "二、一三八〇〇一三八〇〇〇", "一13800138000"]
)
def test_numerals_beside_a_phone_do_not_hide_it(text):
    assert kinds(text) == ["mobile"]


def test_leaves_phones_that_the_office_made_public():
    assert kinds("请打 138 0013 8000", allowed={"13800138000"}) == []


def test_finds_bank_cards_by_their_check_digit():
    assert kinds("卡号 6222020000000000001") == []
    assert kinds("卡号 6228480402564890018") == ["bank_card"]
    # Of other makers than UnionPay only cards of sixteen digits that begin so.
    assert kinds("卡号 4111111111111111") == ["bank_card"]
    assert kinds("卡号 5555 5555 5555 4444") == ["bank_card"]
    assert kinds("单号 9111111111111110") == []


def test_tells_the_line_and_shows_the_number_masked():
    hit = find_personal_numbers(f"名单\n张三 {SOUND}")[0]
    assert (hit.line, hit.masked, hit.label) == (2, "33*************018", "身份证号码")
    assert SOUND not in repr(hit)


def test_a_wrong_candidate_does_not_hide_the_right_one():
    assert kinds(f"12345678 {SOUND}") == ["id_number"]


def calls_for(text):
    """Return how often a function was called to search the text."""
    calls = 0

    def count(_frame, event, _arg):
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        find_personal_numbers(text)
    finally:
        sys.setprofile(None)
    return calls


def test_figures_that_can_be_no_personal_number_are_given_up_early():
    for figures in ("2026-11-30 ", "1\t2\t", "2026/11/30\n"):
        assert calls_for(figures * 1000) < 1000


def test_twice_the_text_takes_no_more_than_twice_the_work():
    for unit in ("1 3 8-", "13800138000\n", f"{SOUND}，", f"{SOUND}"):
        assert calls_for(unit * 2000) < 2.5 * calls_for(unit * 1000)


def test_a_reference_to_no_character_is_left_as_it_is():
    assert kinds(f"&#{'1' * 5000}; {SOUND}") == ["id_number"]


@pytest.mark.parametrize(
    "text",
    ["330381195001011234", "第一行\n330381 19500101 1234", "33038119500101123X"],
)
def test_a_wrong_check_digit_leaves_a_doubt(text):
    assert find_personal_numbers(text) == []
    assert lines_with_doubtful_ids(text) == [text.count("\n") + 1]


@pytest.mark.parametrize(
    "text",
    [
        "330381190001010018",  # a sound ID number is reported as that
        "91330381MA2ABCDE1X",  # the code of an enterprise
        "12330381471234567X",  # of an institution
        "113303810000000000",  # of a body of government
        "330381199913011234",  # no such month
        "330999195001011234",  # no such county
        "622201199001011236",  # a sound bank card
        "2026112300000012345",  # the number of an order
    ],
)
def test_other_numbers_leave_no_doubt(text):
    assert lines_with_doubtful_ids(text) == []


@pytest.mark.parametrize(
    "written",
    [f"{SOUND}44", f"{SOUND}44B1", f"{SOUND[:6]} {SOUND[6:14]} {SOUND[14:]} 12"],
)
def test_the_certificate_of_a_disabled_person_holds_his_id_number(written):
    assert kinds(f"残疾人证{written}。") == ["id_number"]


def test_other_numbers_of_twenty_digits_are_no_certificate():
    assert kinds(f"订单{SOUND}95") == kinds(f"订单{SOUND[:-1]}144") == []

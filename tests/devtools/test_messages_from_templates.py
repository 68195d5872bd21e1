"""Messages are found in templates as Django itself reads them."""

from devtools.messages.found import Message
from devtools.messages.from_templates import messages_in


def found(template):
    return list(messages_in(template, "templates/page.html"))


def msgids(template):
    return [message.msgid for message in found(template)]


def test_finds_tags_filters_and_arguments():
    template = (
        '{% translate "标题" %} {{ _("文字") }} {% include "x" with a=_("参数") %}'
        '{{ value|default:_("缺省") }}'
    )
    assert msgids(template) == ["标题", "文字", "参数", "缺省"]


def test_a_block_keeps_its_variables():
    template = "{% blocktranslate with n=count %}共 {{ n }} 户{% endblocktranslate %}"
    assert msgids(template) == ["共 %(n)s 户"]


def test_a_trimmed_block_is_one_line():
    template = "{% blocktranslate trimmed %}\n  一行\n  两行\n{% endblocktranslate %}"
    assert msgids(template) == ["一行 两行"]


def test_reads_plural_and_context():
    template = (
        "{% blocktranslate count n=n context '人' %}一位{% plural %}{{ n }} 位"
        "{% endblocktranslate %}"
    )
    file = "templates/page.html"
    assert found(template) == [Message("一位", file, plural="%(n)s 位", context="人")]


def test_brackets_and_quotes_within_a_message_do_no_harm():
    template = """{% translate "（说明）it's (here)) now" %}{% translate "后一条" %}"""
    assert msgids(template) == ["（说明）it's (here)) now", "后一条"]


def test_what_looks_like_a_call_within_a_message_is_text():
    template = """{% translate "请写 _('文字') 这样" %}"""
    assert msgids(template) == ["请写 _('文字') 这样"]


def test_text_outside_of_tags_is_left_alone():
    assert found("<p>gettext('x') _(\"y\")</p>{# _('z') #}") == []

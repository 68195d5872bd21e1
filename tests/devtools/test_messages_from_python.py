"""Messages are found in Python without gettext's tools."""

from devtools.messages.found import Message, Mistake
from devtools.messages.from_python import messages_in


def found(source):
    return list(messages_in(source, "app/models.py"))


def msgids(source):
    return [message.msgid for message in found(source)]


def test_finds_every_way_of_marking():
    source = """
from django.utils.translation import gettext_lazy as _, gettext as now
from django.utils import translation
_("隐患"), now("时间"), translation.gettext("属性")
"""
    assert msgids(source) == ["隐患", "时间", "属性"]


def test_joins_adjacent_and_added_strings():
    assert msgids('_("一" "二")\n_("三" + "四")') == ["一二", "三四"]


def test_reads_plural_and_context():
    [plural, context, both] = found(
        'ngettext("%(n)d 人", "%(n)d 人们", n)\n'
        'pgettext("动词", "关闭")\n'
        'npgettext("人", "一位", "几位", n)'
    )

    assert plural == Message("%(n)d 人", "app/models.py", plural="%(n)d 人们")
    assert context == Message("关闭", "app/models.py", context="动词")
    assert both == Message("一位", "app/models.py", plural="几位", context="人")


def test_a_variable_is_marked_where_it_is_written():
    assert found("_(label)\n_(self.label)\n_(labels[0])") == []


def test_a_text_put_together_at_run_time_is_a_mistake():
    source = '_(f"{n} 人")\n_("%s 人" % n)\n_("{} 人".format(n))\n_("共" + n)'
    assert found(source) == [Mistake("app/models.py", line) for line in (1, 2, 3, 4)]


def test_other_functions_are_none_of_its_business():
    assert found('print("甲")\ntranslate("乙")\n_()\n_("")') == []

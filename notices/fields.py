"""Form fields of notices: short facts, one a line."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MOST_FACTS = 8
LONGEST_LABEL, LONGEST_VALUE = 8, 80
_PARTS = re.compile(r"\s*[：:\t]\s*")


class FactsField(forms.CharField):
    """Lines like 时间：11月25日 as a list of {"label", "value"}."""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value):
        if isinstance(value, list):
            return "\n".join(f"{fact['label']}：{fact['value']}" for fact in value)
        return value

    def to_python(self, value) -> list[dict]:
        lines = [line.strip() for line in super().to_python(value).splitlines()]
        return [fact_of(number, line) for number, line in enumerate(lines, 1) if line]

    def validate(self, value):
        if len(value) > MOST_FACTS:
            raise ValidationError(_("最多 %(most)d 行。"), params={"most": MOST_FACTS})

    def run_validators(self, value):
        """Leave out the checks of plain text; the lines were checked one by one."""

    def has_changed(self, initial, data) -> bool:
        try:
            return self.to_python(data) != (initial or [])
        except ValidationError:
            return True


def fact_of(number: int, line: str) -> dict:
    """Return the fact in a line; raises ValidationError that names the line."""
    label, *rest = _PARTS.split(line, maxsplit=1)
    if "\x00" in line:
        raise ValidationError(
            _("第 %(number)d 行有不能用的字符。"), params={"number": number}
        )
    if not label or not rest or not rest[0]:
        sentence = _("第 %(number)d 行要写成“名称：内容”，如“时间：11月25日上午”。")
        raise ValidationError(sentence, params={"number": number})
    if len(label) > LONGEST_LABEL or len(rest[0]) > LONGEST_VALUE:
        sentence = _("第 %(number)d 行太长：名称最多8个字，内容最多80个字。")
        raise ValidationError(sentence, params={"number": number})
    return {"label": label, "value": rest[0]}

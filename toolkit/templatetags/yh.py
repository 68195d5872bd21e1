"""What every template may use: icons, chips, dates and money. Loaded as a builtin."""

from functools import wraps

import segno
from crispy_forms.templatetags.crispy_forms_filters import as_crispy_field
from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from toolkit import formats, marks
from toolkit.hours import unbroken
from toolkit.user_agents import device

register = template.Library()

CURRENT = ' aria-current="page"'
CHECK = "form-check-input"
# Widgets that one class makes ours.
PLAIN = {
    "TextInput": "form-control",
    "SearchInput": "form-control",
    "NumberInput": "form-control",
    "DateInput": "form-control",
    "Select": "form-select",
    "NullBooleanSelect": "form-select",
    "YesNoSelect": "form-select",
    "CheckboxInput": CHECK,
}


def unless_finished(function):
    """Let a string pass: the view has prepared it already."""

    @wraps(function)
    def apply(value):
        return value if isinstance(value, str) else function(value)

    return apply


for function in (
    formats.cn_date,
    formats.cn_day,
    formats.cn_month,
    formats.cn_time,
    formats.cn_datetime,
    formats.cn_day_time,
    formats.cn_weekday,
    formats.money,
    formats.count,
    formats.file_size,
):
    register.filter(function.__name__, unless_finished(function))

register.filter("unbroken", unbroken)
register.filter("device", device)
register.filter("yes_no", formats.yes_no)
register.simple_tag(formats.icon, name="icon")
# Between words and sentences that a template puts side by side.
register.simple_tag(marks.sentence_gap, name="gap")
register.simple_tag(marks.list_mark, name="list_mark")
register.simple_tag(marks.comma, name="comma")
register.simple_tag(marks.colon, name="colon")
register.simple_tag(marks.semicolon, name="semicolon")
register.filter("listed", formats.listed)


@register.simple_tag
def menu_lines(lines) -> SafeString:
    """Write the lines of a section of the menu: {% menu_lines section.items %}.

    In Python, because every page of the staff draws some thirty of them.
    """
    return SafeString("".join(menu_line(line) for line in lines))


def menu_line(line: dict) -> str:
    """Return one line of the menu: icon, label and, where there is one, a count."""
    hue, number = line.get("hue"), line.get("count")
    opening = f'<li class="yh-{hue}">' if hue else "<li>"
    badge = f'<span class="yh-count">{number}</span>' if number else ""
    return (
        f'{opening}<a href="{conditional_escape(line["url"])}"'
        f"{CURRENT if line['current'] else ''}>{formats.icon(line['icon'])}"
        f"<span>{conditional_escape(line['label'])}</span>{badge}</a></li>\n"
    )


@register.simple_tag
def filter_field(field) -> SafeString:
    """Draw one condition of a filter bar; anything but a plain field is crispy's.

    A plain field costs a quarter of what the general field template does.
    """
    widget = field.field.widget
    css = PLAIN.get(type(widget).__name__)
    if css is None:
        return as_crispy_field(field)
    own = widget.attrs.get("class", "")
    wrong = " is-invalid" if field.errors else ""
    drawn = field.as_widget(attrs={"class": f"{css}{wrong} {own}".strip()})
    label = format_html(
        '<label for="{}" class="{}">{}</label>',
        field.id_for_label,
        "form-check-label" if css == CHECK else "form-label",
        field.label,
    )
    both = (drawn, label) if css == CHECK else (label, drawn)
    return format_html(
        '<div id="div_{}"{}>{}{}{}</div>',
        field.auto_id,
        SafeString(' class="form-check"') if css == CHECK else "",
        *both,
        faults_of(field),
    )


def faults_of(field) -> SafeString:
    """Return the messages below a field, under the id its aria-describedby names."""
    if not field.errors:
        return SafeString()
    lines = format_html_join("", "<p><strong>{}</strong></p>", zip(field.errors))
    return format_html(
        '<div id="{}_error" class="invalid-feedback">{}</div>', field.auto_id, lines
    )


def parts_of(chip) -> tuple[str, str]:
    """Return text and tone of a chip, which is a mapping, an object or nothing."""
    if not chip:
        return "", ""
    if isinstance(chip, dict):
        return chip.get("text", ""), chip.get("tone", "")
    return getattr(chip, "text", chip), getattr(chip, "tone", "")


@register.simple_tag
def clock(chip) -> SafeString:
    """Show how a limit stands: {% clock row.due %}, a chip with text and tone."""
    return formats.clock(*parts_of(chip))


@register.simple_tag
def state(chip) -> SafeString:
    """Show the state of a case or a tag: {% state chip %}, with text and tone."""
    return formats.state(*parts_of(chip))


@register.simple_tag
def qr_code(text: str) -> SafeString:
    """Draw a QR code as inline SVG without style attributes (ISO/IEC 18004, level M).

    Its size comes from the class yh-qr, its name from the element around it.
    """
    # segno writes only numbers and the classes given here.
    return SafeString(
        segno.make(text, error="m", micro=False).svg_inline(
            border=4, svgclass="yh-qr", lineclass=None, omitsize=True
        )
    )


@register.simple_tag
def session_hours() -> int:
    """Return after how many hours a sign-in ends by itself (SESSION_COOKIE_AGE)."""
    return settings.SESSION_COOKIE_AGE // 3600


@register.simple_tag
def printed_at() -> str:
    """Return the moment for the head of a printed page."""
    return formats.cn_datetime(timezone.now())


@register.simple_tag(takes_context=True)
def show_section(context, section) -> SafeString:
    """Render the template of a section with the section's own context on top."""
    found = context.template.engine.get_template(section["template"])
    with context.push(**section.get("context", {})):
        return found.render(context)


@register.filter
def label_lines(label) -> list[str]:
    """Return the lines of a choice's label: its name and its small print."""
    return str(label).split("\n", 1)


@register.filter
def any_filled(form, start: int) -> bool:
    """Answer whether a field behind the first `start` visible ones has a value."""
    return any(field.value() for field in form.visible_fields()[start:])


@register.filter
def faulty_fields(form) -> list:
    """Return the visible fields of a form that carry an error, as the page has them.

    Those that a layout does not name are drawn by a template of its first section.
    """
    faulty = [field for field in form.visible_fields() if field.errors]
    layout = getattr(getattr(form, "helper", None), "layout", None)
    named = [] if layout is None else [one.name for one in layout.get_field_names()]
    places = {name: place for place, name in enumerate(named)}
    return sorted(faulty, key=lambda field: places.get(field.name, -1))


@register.filter
def in_fours(text: str) -> str:
    """Return a long key in groups of four, easier to read from a screen."""
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))

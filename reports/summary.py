"""The report in a few sentences, made from the figures that there are."""

from itertools import groupby, islice

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from communities.models import COMMUNITY_LEVELS
from reports.models import ReportLine
from reports.tables import Sheet
from toolkit import formats, marks
from toolkit.metrics import definitions, metrics


def summary_of(sheet: Sheet) -> SafeString:
    """Return the sentences about the unit above the others, "" where there is none.

    One sentence of at most four figures for each app; what did not happen is not
    mentioned, nor how many communities a single one is.
    """
    if sheet.top is None:
        return SafeString()
    is_one = sheet.top.org_unit.level in COMMUNITY_LEVELS
    lines = [
        line
        for (report, slug), line in sheet.lines.items()
        if report == sheet.top.pk
        and line.value
        and not (is_one and slug in metrics and metrics[slug].counts_units)
    ]
    period = sheet.top.period.label
    if sheet.since:
        period = _("%(period)s（%(note)s）") % {"period": period, "note": sheet.since}
    opening = formats.phrased([period, sheet.top.unit_name])
    if not lines:
        return format_html(_("{}没有登记任何工作。"), opening)
    sentences = [
        format_html_join(
            marks.comma(), "{}", ((clause(sheet, one),) for one in islice(group, 4))
        )
        for _app, group in groupby(lines, key=lambda line: line.app)
    ]
    ended = ((format_html(_("{}。"), sentence),) for sentence in sentences)
    text = format_html_join(marks.sentence_gap(), "{}", ended)
    return format_html(_("{opening}{text}"), opening=opening, text=text)


def clause(sheet: Sheet, line: ReportLine) -> SafeString:
    """Return 走访6,074次, the number as a link to its rows.

    A figure that has words of its own is told in them, as long as there is such.
    """
    url = sheet.links.url(line.metric, sheet.top.org_unit)
    number = format_html('<a href="{}">{}</a>', url, line.text) if url else line.text
    known = definitions().get(line.metric)
    if known is not None and known.sentence:
        return format_html(str(known.sentence), number=number)
    words = {"label": line.label, "number": number, "unit": line.unit}
    return format_html(_("{label}{number}{unit}"), **words)

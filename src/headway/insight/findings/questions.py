"""The questions that come again and again: found by meaning, with share, time, cost and what would remove them."""

from dataclasses import dataclass
from typing import Any, Final

from django.conf.locale import LANG_INFO
from django.utils.translation import get_language_info, gettext_noop, ngettext
from django.utils.translation import gettext as _

from headway.insight.findings.context import Context
from headway.insight.findings.finding import Certainty, Figure, Found, Off, Spec
from headway.insight.findings.table import Column, Drawing, Table, Unit, Value
from headway.insight.findings.values import count, share
from headway.insight.questions.openings import FEWEST, MOST_READ, Openings, languages

SPEC = Spec(
    "questions",
    gettext_noop("What customers ask again and again"),
    ("question", "complexity", "handle_time"),
    {
        "questions": Figure(Unit.COUNT, "recurring questions found"),
        "top_share": Figure(Unit.SHARE, "tickets that ask one of the 20 most frequent"),
        "top_simple_share": Figure(Unit.SHARE, "simple tickets that ask one of them"),
        "top_time_share": Figure(
            Unit.SHARE, "working time on tickets that ask one of them; empty where work is not recorded"
        ),
        "sampled": Figure(Unit.COUNT, "tickets whose opening was read for this"),
    },
)
TOP: Final = 20


@dataclass(frozen=True, slots=True)
class Question:
    """One recurring question: its name, its tickets, and what they took."""

    name: str
    rows: list[dict[str, Any]]

    @property
    def mid_ms(self) -> int:
        """Working time on the tickets that were read."""
        return sum(int(row["mid_ms"]) for row in self.rows)

    @property
    def remedy(self) -> str:
        """What would remove it, by how its tickets go."""
        size = len(self.rows)
        if sum(1 for row in self.rows if row["escalated"] or row["held"]) * 4 >= size:
            return _("product fix")
        if sum(1 for row in self.rows if row["bucket"] == "simple") * 2 >= size:
            return _("article, then automatic answer")
        return _("intake form and troubleshooting path")


def find(audit: Context) -> Found | Off:
    """Needs what customers wrote."""
    if not audit.features.texts:
        return Off(_("The source has no texts of customers."))
    rows = audit.openings.rows
    if len(rows) < 2 * FEWEST:
        return Off(_("Too few tickets have a text of the customer."))
    asked = _asked(audit.openings)
    if not asked:
        return Off(_("No question comes five times among the texts that were read."))
    top = asked[:TOP]
    inside = [row for question in top for row in question.rows]
    simple = sum(1 for row in rows if row["bucket"] == "simple")
    worked = sum(int(row["mid_ms"]) for row in rows)
    figures = {
        "questions": len(asked),
        "top_share": len(inside) / len(rows),
        "top_simple_share": sum(1 for row in inside if row["bucket"] == "simple") / simple if simple else None,
        "top_time_share": sum(question.mid_ms for question in top) / worked if worked and audit.features.work else None,
        "sampled": len(rows),
    }
    ids = [row["ticket_id"] for row in top[0].rows[:10]]
    return Found(
        says=ngettext(
            "%(n)s question makes up %(share)s of your tickets: “%(first)s”.",
            "%(n)s questions make up %(share)s of your tickets; “%(first)s” comes most often.",
            len(top),
        )
        % {"n": count(len(top)), "share": share(len(inside) / len(rows)), "first": top[0].name},
        figures=figures,
        sample=len(rows),
        certainty=Certainty.ESTIMATED,
        do=_("Answer the first five where customers look before they write, and measure who writes all the same."),
        tables=(_table(audit, top, len(rows), worked),),
        tickets=audit.sources(f"f.ticket_id IN ({', '.join(map(str, ids))})", "f.created_ms DESC"),
        notes=(
            _("Grouped by meaning; named by words that at least three tickets share."),
            *_apart(audit.openings),
            *((_("Shares are of %s tickets drawn at random.") % count(len(rows)),) if len(rows) >= MOST_READ else ()),
        ),
    )


def _apart(found: Openings) -> tuple[str, ...]:
    """What must be known where customers write in several languages."""
    codes = languages(found)
    if len(codes) < 2:
        return ()
    names = ", ".join(str(get_language_info(code)["name_translated"]) if code in LANG_INFO else code for code in codes)
    text = _("Each language is grouped apart: the same question in two languages counts as two. They write in: %s.")
    return (text % names,)


def _asked(found: Openings) -> list[Question]:
    """The recurring questions, the most frequent first."""
    groups: dict[int, list[dict[str, Any]]] = {}
    for row, label in zip(found.rows, found.labels, strict=True):
        if label >= 0:
            groups.setdefault(label, []).append(row)
    asked = [Question(found.names[label] or _("(no word in common)"), rows) for label, rows in groups.items()]
    return sorted(asked, key=lambda question: (-len(question.rows), question.name))


def _table(audit: Context, top: list[Question], read: int, worked: int) -> Table:
    columns = [
        Column("question", _("Question"), Unit.TEXT),
        Column("share", _("Share of tickets"), Unit.SHARE),
        Column("tickets", _("Tickets read")),
        Column("remedy", _("What would remove it"), Unit.TEXT),
    ]
    timed = bool(worked) and audit.features.work
    if timed:
        columns.append(Column("time_share", _("Share of working time"), Unit.SHARE))
    if timed and audit.money.cost_month is not None:
        columns.append(Column("cost_month", _("Cost a month"), Unit.MONEY))
    rows: list[tuple[Value, ...]] = []
    for question in top:
        part = question.mid_ms / worked if timed else 0.0
        row: list[Value] = [question.name, len(question.rows) / read, len(question.rows), question.remedy]
        row += [part] if timed else []
        row += [part * audit.money.cost_month] if timed and audit.money.cost_month is not None else []
        rows.append(tuple(row))
    return Table("top", _("The most frequent questions"), tuple(columns), tuple(rows), Drawing.BARS)

"""Whether the same kind of ticket is handled the same way by everybody: how it begins, and what is done at all."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from headway.insight.findings import apart, effort
from headway.insight.findings.context import Context
from headway.insight.findings.finding import Certainty, Figure, Found, Off, Spec
from headway.insight.findings.table import Column, Table, Unit
from headway.insight.findings.values import number, share
from headway.insight.rules.spread import Cell, Spread, anywhere, spread

SPEC = Spec(
    "variability",
    gettext_noop("The same ticket, handled differently"),
    ("variability", "complexity"),
    {
        "index": Figure(
            Unit.NUMBER, "variability index over all cells, weighted by tickets: 0 alike, 1 nothing in common"
        ),
        "cells": Figure(Unit.COUNT, "categories and buckets with enough people to compare"),
        "worst_index": Figure(Unit.NUMBER, "index of the most divergent of them"),
        "anywhere_index": Figure(
            Unit.NUMBER, "index of the step, wherever it comes, that people differ in most: done or not done"
        ),
        "time_ratio": Figure(
            Unit.NUMBER, "how many times as long the slowest person takes as the quickest, over all kinds by tickets"
        ),
    },
)
FEWEST_TICKETS: Final = 10
FEWEST_PEOPLE: Final = 3
ALIKE: Final = 0.05
_NOTHING: Final = 0.005  # written as 0.00: nothing to see in a chart
_SHOWN: Final = 10


def find(audit: Context) -> Found | Off:
    """Needs who did what, and at least three people on the same kind of ticket."""
    if off := effort.lacking(audit):
        return off
    cells: dict[tuple[str, str], Cell] = {}
    for row in audit.lake.named("first_steps"):
        cell = cells.setdefault((row["category"], row["bucket"]), {})
        cell.setdefault(row["actor_id"], {})[row["step"]] = row["tickets"]
    found: Mapping[tuple[str, str], Spread] = {
        key: result
        for key, cell in cells.items()
        if (result := spread(cell, FEWEST_TICKETS, FEWEST_PEOPLE)) is not None
    }
    if not found:
        return Off(_("No kind of ticket has three people with ten tickets each: too few to compare."))
    whole = sum(result.tickets for result in found.values())
    index = sum(result.index * result.tickets for result in found.values()) / whole
    ordered = sorted(found, key=lambda key: (-found[key].index * found[key].tickets, key))
    worst = found[ordered[0]]
    category, bucket = ordered[0]
    steps = _anywhere(audit)
    people = apart.compared(audit, FEWEST_TICKETS, FEWEST_PEOPLE)
    return Found(
        says=f"{_says(index, category, bucket)} {apart.says(people)}".strip(),
        figures={
            "index": index,
            "cells": len(found),
            "worst_index": max(result.index for result in found.values()),
            "anywhere_index": max((one.index for one in steps.values()), default=None),
            "time_ratio": apart.ratio(people),
        },
        sample=whole,
        certainty=Certainty.MEASURED,
        do=_advice(audit, ordered[0], worst, steps),
        tables=(
            *((_table(audit, ordered, found),) if worst.index >= _NOTHING else ()),
            *((_steps(audit, steps),) if steps else ()),
            *((apart.table(people),) if people else ()),
        ),
        tickets=audit.sources(
            f"f.bucket = '{bucket}' AND f.category = {_literal(category)} AND f.actions > 0", "f.created_ms DESC"
        ),
    )


def _says(index: float, category: str, bucket: str) -> str:
    """By the index over all: how far people differ is said before it is advised on."""
    if index < _NOTHING:
        return _("People begin the same kind of ticket alike.")
    figure = {"index": number(index), "kind": _kind(category, bucket)}
    if index < ALIKE:
        return (
            _(
                "People begin the same kind of ticket nearly alike: index %(index)s (0 alike, 1 nothing in common). "
                "Most differ on “%(kind)s”."
            )
            % figure
        )
    return (
        _(
            "People begin the same kind of ticket differently: index %(index)s (0 alike, 1 nothing in common), most on "
            "“%(kind)s”."
        )
        % figure
    )


def _advice(audit: Context, kind: tuple[str, str], worst: Spread, steps: Mapping[tuple[str, str], Spread]) -> str:
    """On the first step where people differ in it; else on the one that they differ in most, wherever it comes."""
    said = _(
        "Agree whether %(bucket)s tickets of “%(category)s” begin with “%(step)s”: who does it least begins "
        "%(least)s of them so, who does it most %(most)s."
    )
    if worst.index < ALIKE and steps:
        kind = max(steps, key=lambda key: (steps[key].index * steps[key].tickets, key))
        worst = steps[kind]
        if worst.index < _NOTHING:
            return _("Nothing to agree on here. Look at who takes longest, and why.")
        said = _(
            "Agree whether “%(step)s” belongs to %(bucket)s tickets of “%(category)s”: who does it least does it on "
            "%(least)s of them, who does it most on %(most)s."
        )
    return said % {
        "step": audit.said(worst.step),
        "bucket": _(kind[1]),
        "category": kind[0] or _("(none)"),
        "least": share(worst.least),
        "most": share(worst.most),
    }


def _table(audit: Context, ordered: list[tuple[str, str]], found: Mapping[tuple[str, str], Spread]) -> Table:
    columns = (
        Column("kind", _("Kind of ticket"), Unit.TEXT),
        Column("step", _("Divergent first step"), Unit.TEXT),
        Column("least", _("Least often"), Unit.SHARE),
        Column("most", _("Most often"), Unit.SHARE),
        Column("index", _("Index"), Unit.NUMBER),
        Column("people", _("People")),
        Column("tickets", _("Tickets")),
    )
    rows = tuple(
        (
            _kind(*key),
            audit.said(one.step),
            one.least,
            one.most,
            one.index,
            one.people,
            one.tickets,
        )
        for key in ordered[:_SHOWN]
        for one in (found[key],)
        if one.index >= _NOTHING
    )
    return Table("kinds", _("Where it differs most"), columns, rows)


def _anywhere(audit: Context) -> dict[tuple[str, str], Spread]:
    """For each kind of ticket the step that people differ in most, wherever in the path it comes."""
    cells: dict[tuple[str, str], dict[int, tuple[int, dict[str, int]]]] = {}
    for row in audit.lake.named("path_steps"):
        cell = cells.setdefault((row["category"], row["bucket"]), {})
        own = cell.setdefault(row["actor_id"], (row["whole"], {}))[1]
        own[row["step"]] = row["tickets"]
    compared = {key: anywhere(cell, FEWEST_TICKETS, FEWEST_PEOPLE) for key, cell in cells.items()}
    return {key: one for key, one in compared.items() if one is not None}


def _steps(audit: Context, found: Mapping[tuple[str, str], Spread]) -> Table:
    columns = (
        Column("kind", _("Kind of ticket"), Unit.TEXT),
        Column("step", _("Divergent step"), Unit.TEXT),
        Column("least", _("Least often"), Unit.SHARE),
        Column("most", _("Most often"), Unit.SHARE),
        Column("index", _("Index"), Unit.NUMBER),
        Column("people", _("People")),
        Column("tickets", _("Tickets")),
    )
    ordered = sorted(found, key=lambda key: (-found[key].index * found[key].tickets, key))
    rows = tuple(
        (
            _kind(*key),
            audit.said(one.step),
            one.least,
            one.most,
            one.index,
            one.people,
            one.tickets,
        )
        for key in ordered[:_SHOWN]
        for one in (found[key],)
        if one.index >= _NOTHING
    )
    return Table("steps", _("Steps that some take and others do not"), columns, rows)


def _kind(category: str, bucket: str) -> str:
    named, effort_of_it = category or _("(none)"), _(bucket)
    return f"{named}, {effort_of_it}"


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"

"""The pages of the audit: what it reads, the lake it reads into, and what it says as JSON."""

from headway.cli.docs import row
from headway.insight import described
from headway.insight.findings.catalogue import SPECS
from headway.insight.lake import schema
from headway.insight.lake.tables import KEPT
from headway.insight.lake.words import Kind, Origin, Side, Status
from headway.insight.reading import meanings, synonyms
from headway.insight.rules.people import KINDS


def mapping() -> str:
    """How columns and values are taken, and how that is overruled."""
    lines = [
        "# How `headway audit` reads columns and values",
        "",
        (
            "Names of columns are compared without case and punctuation; the first that a field knows is taken. "
            "`headway audit --dry-run FILE` shows what was taken for what. `--map COLUMN=FIELD` overrules it, "
            "`--map COLUMN=` leaves a column out."
        ),
        "",
        row("Field", "Names, the likeliest first"),
        row("---", "---"),
    ]
    lines += [row(f"`{field}`", ", ".join(names)) for field, names in synonyms.SYNONYMS.items()]
    lines += [
        "",
        "## What values mean",
        "",
        (
            "The first pattern found in a value decides. `--map FIELD:VALUE=MEANING` overrules it, for example "
            "`--map activity:Wait=hold` or `--map actor:Nightly=automation`."
        ),
        "",
        (
            f"Meanings are a status ({', '.join(Status)}), a kind of event ({', '.join(Kind)}), who acts "
            f"({', '.join(Side)}), or why a ticket exists ({', '.join(Origin)})."
        ),
        "",
        row("Field", "Pattern", "Taken for"),
        row("---", "---", "---"),
    ]
    lines += [row("`status`", f"`{pattern}`", str(found)) for pattern, found in meanings.STATUSES]
    for pattern, step in meanings.ACTIVITIES:
        told = ", ".join(str(part) for part in (step.kind, step.status, step.side) if part)
        lines.append(row("`activity`", f"`{pattern}`", told))
    lines += [row("`actor_kind`", f"`{pattern}`", str(found)) for pattern, found in meanings.SIDES]
    lines.append(row("`actor`", f"`{meanings.MACHINES}`", str(Side.AUTOMATION)))
    lines += [row("`channel`", f"`{pattern}`", str(found)) for pattern, found in meanings.CHANNELS]
    return "\n".join(lines)


def lake() -> str:
    """The lake's tables."""
    lines = [
        "# The event lake",
        "",
        (
            "Every source is read into these tables, and every figure is counted from them. Times (`…_ms`) are integer "
            "milliseconds since 1970 in UTC. Texts and names stand in `messages` and `people` alone."
        ),
    ]
    for table, entries in schema.TABLES.items():
        lines += ["", f"## {table}", "", row("Column", "Type", "Meaning"), row("---", "---", "---")]
        lines += [row(f"`{entry.name}`", entry.type, entry.says) for entry in entries]
    lines += [
        "",
        "# The lake of a workspace",
        "",
        (
            "A workspace keeps its own history in the same shape, as Parquet files at HEADWAY_LAKE: "
            "`KEY/TABLE/month=YYYY-MM/NAME.parquet`, each [first of the month, first of the next) in UTC by when it "
            "happened (tickets: were created). A job takes in every minute what the journal has recorded. A file "
            "counts when the database lists it (`insight_lakepart`), which happens in the same commit that moves the "
            "position in the journal: others in the folder never counted. `KEY` is this database's own. There are "
            "ids, enumerations and numbers in it, no text and no name. An id of `people` is the id at the desk times "
            "eight, "
            f"and {', '.join(f'{code} for {kind}' for kind, code in KINDS.items())}."
        ),
    ]
    for table, entries in KEPT.items():
        if table != "events":
            lines += ["", f"## {table} (kept)", "", row("Column", "Type", "Meaning"), row("---", "---", "---")]
            lines += [row(f"`{entry.name}`", entry.type, entry.says) for entry in entries]
    return "\n".join(lines)


def exported() -> str:
    """What `--json` prints."""
    lines = [
        "# `headway audit --json`",
        "",
        "One JSON object on standard output: what was read, the verdict, and one object for each finding.",
        "",
        row("field", "meaning"),
        row("---", "---"),
    ]
    lines += [row(f"`{key}`", says) for key, says in described.TOP.items()]
    lines += ["", "Then, for each finding, under its name:", "", row("field", "meaning"), row("---", "---")]
    lines += [row(f"`{key}`", says) for key, says in described.FINDING.items()]
    lines += ["", "A figure is null where the source lacks what it needs.", ""]
    lines += [row("figure", "unit", "meaning"), row("---", "---", "---")]
    lines += [
        row(f"`{spec.key}.figures.{name}`", figure.unit, figure.says)
        for spec in SPECS
        for name, figure in spec.figures.items()
    ]
    lines += [
        "",
        (
            "The exit code is 1, with one sentence on standard error, when a file cannot be read at all or holds no "
            "ticket. "
            "Rows that cannot be read do not change it; they are counted in `problems`."
        ),
    ]
    return "\n".join(lines)

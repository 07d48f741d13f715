"""The page of the pipeline."""

from headway import pipeline
from headway.cli.docs import row
from headway.events.followers import Follower


def page() -> str:
    """What follows which event, in order."""
    lines = [
        "# Pipeline",
        "",
        "What follows an event, in order, each once. `apart`: it reaches beyond the database and has a job of its own.",
        "",
        row("Event", "Follower", "Where", "What it does"),
        row("---", "---", "---", "---"),
    ]
    for event_class, entry in pipeline.FOLLOWERS:
        follower = entry if isinstance(entry, Follower) else Follower(entry)
        doc = (follower.function.__doc__ or "").strip().splitlines()
        where = "apart" if follower.apart else "with the others"
        lines.append(row(f"`{event_class.kind}`", f"`{follower.name}`", where, doc[0] if doc else ""))
    return "\n".join(lines)

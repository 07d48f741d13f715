"""Tiers of teams, as they were entered: what makes a change of team an escalation."""

from collections.abc import Mapping

from headway.foundation.errors import Invalid
from headway.insight.lake.engine import Lake


def enter(lake: Lake, tiers: Mapping[str, int]) -> None:
    """Gives teams of the lake their tier, by name or id whatever the case. Raises Invalid for one that is none."""
    known = lake.rows("SELECT person_id, source_id, name FROM people WHERE kind = 'team'")
    for name, tier in tiers.items():
        found = [one for one, *called in known if name.casefold() in (str(word).casefold() for word in called)]
        if not found:
            teams = ", ".join(sorted(str(called) for _one, _id, called in known)) or "none"
            raise Invalid(f"There is no team {name!r}. The teams are: {teams}.")
        for one in found:
            lake.run("UPDATE people SET tier = ? WHERE person_id = ?", [tier, one])

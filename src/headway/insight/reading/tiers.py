"""Tiers of teams, as they were entered: what makes a change of team an escalation."""

from collections.abc import Mapping
from typing import Final

from headway.foundation.errors import Invalid
from headway.insight.lake.engine import Lake

_SHOWN: Final = 20


def enter(lake: Lake, tiers: Mapping[str, int]) -> None:
    """Gives teams of the lake their tier, by name or id whatever the case; people, where it has no teams.

    Raises Invalid for one that is none.
    """
    known = lake.rows("SELECT person_id, source_id, name FROM people WHERE kind = 'team'")
    if tiers and not known:
        _of_people(lake, tiers)
        return
    for name, tier in tiers.items():
        found = [one for one, *called in known if name.casefold() in (str(word).casefold() for word in called)]
        if not found:
            teams = ", ".join(sorted(str(called) for _one, _id, called in known)) or "none"
            raise Invalid(f"There is no team {name!r}. The teams are: {teams}.")
        for one in found:
            lake.run("UPDATE people SET tier = ? WHERE person_id = ?", [tier, one])


def _of_people(lake: Lake, tiers: Mapping[str, int]) -> None:
    """Those of one tier become a team; who is not named is of tier 1. A ticket is with who acts on it or has it."""
    known = lake.rows("SELECT person_id, source_id, name FROM people WHERE kind = 'agent'")
    given = dict.fromkeys((int(one) for one, *_called in known), 1)
    for name, tier in tiers.items():
        found = [one for one, *called in known if name.casefold() in (str(word).casefold() for word in called)]
        if not found:
            people = ", ".join(sorted(str(called) for _one, _id, called in known)[:_SHOWN]) or "none"
            raise Invalid(f"There is no team and nobody called {name!r}. People are: {people}.")
        given |= dict.fromkeys(found, tier)
    (last,) = lake.one("SELECT coalesce(max(person_id), 0) FROM people")
    teams = {tier: int(last) + place for place, tier in enumerate(sorted(set(given.values())), start=1)}
    for tier, team in teams.items():
        lake.run("INSERT INTO people VALUES (?, 'team', ?, ?, ?)", [team, f"tier {tier}", f"Tier {tier}", tier])
        own = ", ".join(str(one) for one, wanted in given.items() if wanted == tier)
        with_them = f"coalesce(assignee_id, CASE WHEN actor_kind = 'agent' THEN actor_id END) IN ({own})"
        lake.run(f"UPDATE events SET team_id = {team} WHERE {with_them}")

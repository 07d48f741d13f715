"""Users, their further identities, organisations, groups."""

from collections.abc import Mapping
from typing import Any

from headway.moving.records import Anything, Brand, Member, Organisation, Person, Team
from headway.moving.sources.times import moment
from headway.moving.sources.values import facts, ident


def user(given: Mapping[str, Any]) -> list[Anything]:
    """A user: an end user is a customer, everybody else of the team."""
    others = [("phone", str(given["phone"]))] if given.get("phone") else []
    for identity in given.get("identities") or ():
        if identity.get("type") == "email":
            others.append(("email", str(identity.get("value") or "")))
        elif identity.get("type") == "phone_number":
            others.append(("phone", str(identity.get("value") or "")))
    if given.get("external_id"):
        others.append(("external", f"external:{given['external_id']}"))
    person = Person(
        key=str(given["id"]),
        name=str(given.get("name") or ""),
        at=moment(given["created_at"]),
        agent=given.get("role") not in (None, "end-user"),
        address=str(given.get("email") or ""),
        others=tuple(others),
        organisation=ident(given.get("organization_id")),
        language=str(given.get("locale") or "").split("-")[0].lower(),
        facts=facts(given.get("user_fields")),
    )
    return [person]


def organisation(given: Mapping[str, Any]) -> list[Anything]:
    """An organisation with its domains."""
    notes = [str(text) for name in ("details", "notes") if (text := given.get(name))]
    made = Organisation(
        key=str(given["id"]),
        name=str(given["name"]),
        at=moment(given["created_at"]),
        domains=tuple(str(domain) for domain in given.get("domain_names") or ()),
        facts=facts(given.get("organization_fields")),
        notes="\n".join(notes),
    )
    return [made]


def member(given: Mapping[str, Any]) -> list[Anything]:
    """Somebody's place in a group or an organisation."""
    team, organisation = ident(given.get("group_id")), ident(given.get("organization_id"))
    letter = "g" if team else "o"
    return [Member(key=f"{letter}{given['id']}", person=str(given["user_id"]), team=team, organisation=organisation)]


def brand(given: Mapping[str, Any]) -> list[Anything]:
    """A brand."""
    return [Brand(key=str(given["id"]), name=str(given["name"]))]


def group(given: Mapping[str, Any]) -> list[Anything]:
    """A group is a team."""
    return [Team(key=str(given["id"]), name=str(given["name"]))]

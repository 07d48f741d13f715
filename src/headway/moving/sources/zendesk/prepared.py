"""Macros, views, triggers and automations."""

import re
from collections.abc import Callable, Mapping
from html import unescape
from typing import Any, Final

from headway.moving.records import Anything, Prepared, Rule, View
from headway.moving.sources.values import ident
from headway.moving.sources.zendesk.values import CATEGORIES, PRIORITIES

# What a macro's words may ask for there, and how that is asked for here.
VARIABLES: Final = {
    "ticket.id": "ticket.number",
    "ticket.title": "ticket.subject",
    "ticket.requester.name": "customer.name",
    "ticket.requester.first_name": "customer.first_name",
    "current_user.name": "agent.name",
    "current_user.first_name": "agent.first_name",
    "ticket.assignee.name": "agent.name",
    "ticket.assignee.first_name": "agent.first_name",
    "ticket.group.name": "team.name",
    "ticket.brand.name": "brand.name",
    "ticket.account": "workspace.name",
}
_PLACEHOLDER: Final = re.compile(r"\{\{\s*([^{}]{0,200}?)\s*\}\}")
_BREAK: Final = re.compile(r"<br\s*/?>|</(?:p|div|li|h[1-6])>", re.IGNORECASE)
_TAG: Final = re.compile(r"<[^<>]{0,2000}>")


def macro(given: Mapping[str, Any]) -> list[Anything]:
    """A macro: its words, and those of its actions that have a counterpart here."""
    made: dict[str, Any] = {}
    left: list[str] = []
    for action in given.get("actions") or ():
        name, value = str(action.get("field")), action.get("value")
        if name in _ACTIONS and (found := _ACTIONS[name](value)) is not None:
            made |= found
        elif name != "comment_mode_is_public":
            left.append(name)
    private = any(
        action.get("field") == "comment_mode_is_public" and str(action.get("value")).lower() == "false"
        for action in given.get("actions") or ()
    )
    if private and "text" in made:
        made["note"] = made.pop("text")
    only, owner = _restricted(given)
    return [
        Prepared(
            key=str(given["id"]),
            name=str(given["title"]),
            active=bool(given.get("active", True)),
            only=only,
            owner=owner,
            left=tuple(dict.fromkeys(left)),
            **made,
        )
    ]


def view(given: Mapping[str, Any]) -> list[Anything]:
    """A view: those of its conditions that a search here can say."""
    said: list[tuple[str, str]] = []
    left: list[str] = []
    conditions = given.get("conditions") or {}
    for condition in conditions.get("all") or ():
        found = _condition(condition)
        if found:
            said.append(found)
        else:
            left.append(str(condition.get("field")))
    left += [str(condition.get("field")) for condition in conditions.get("any") or ()]
    only, owner = _restricted(given)
    return [
        View(
            key=str(given["id"]),
            name=str(given["title"]),
            q=tuple(said),
            only=only,
            owner=owner,
            active=bool(given.get("active", True)),
            left=tuple(dict.fromkeys(left)),
        )
    ]


def rule(kind: str) -> Callable[[Mapping[str, Any]], list[Anything]]:
    """Makes a rule of this kind."""

    def made(given: Mapping[str, Any]) -> list[Anything]:
        written = {name: given[name] for name in ("conditions", "actions") if name in given}
        active = bool(given.get("active", True))
        return [Rule(key=f"{kind}:{given['id']}", name=str(given["title"]), kind=kind, active=active, written=written)]

    return made


def _words(value: Any) -> dict[str, Any] | None:
    text = value[-1] if isinstance(value, list) and value else value
    if not isinstance(text, str):
        return None
    plain = unescape(_TAG.sub("", _BREAK.sub("\n", text))) if "<" in text else text
    return {"text": _PLACEHOLDER.sub(_variable, plain).strip()}


def _variable(found: re.Match[str]) -> str:
    name = found[1].split("|")[0].strip()
    if name in VARIABLES:
        return "{{" + VARIABLES[name] + "}}"
    return "[[" + re.sub(r"[\[\]{}._\n]+", " ", name).strip()[:80] + "]]" if name else ""


def _one(name: str, kinds: Mapping[str, Any]) -> Callable[[Any], dict[str, Any] | None]:
    return lambda value: {name: kinds[str(value)]} if str(value) in kinds else None


_ACTIONS: Final[dict[str, Callable[[Any], dict[str, Any] | None]]] = {
    "comment_value": _words,
    "comment_value_html": _words,
    "status": _one("category", CATEGORIES),
    "priority": _one("priority", PRIORITIES),
    "current_tags": lambda value: {"tags": tuple(str(value).split())},
    "group_id": lambda value: {"team": ident(value)} if ident(value).isdigit() else None,
    "assignee_id": lambda value: {"assignee": "me" if value == "current_user" else ident(value)},
}


def _condition(given: Mapping[str, Any]) -> tuple[str, str] | None:
    """A condition as a key and a value of our search; a value that is an id stays the source's."""
    field, operator, value = str(given.get("field")), str(given.get("operator")), str(given.get("value"))
    if operator == "is" and field == "status" and value in CATEGORIES:
        return "is", CATEGORIES[value]
    if operator == "less_than" and field == "status" and value in {"solved", "pending"}:
        return ("base", "open") if value == "solved" else ("is", "open")
    if operator == "is" and field == "priority" and value in PRIORITIES:
        return "priority", value
    if operator == "is" and field == "group_id" and value.isdigit():
        return "team", value
    if operator == "is" and field == "assignee_id":
        return {"current_user": ("base", "mine"), "": ("is", "unassigned")}.get(value)
    if operator == "includes" and field == "current_tags" and len(value.split()) == 1:
        return "tag", value
    return None


def _restricted(given: Mapping[str, Any]) -> tuple[str, str]:
    """The team and the person it is for; empty for everybody's."""
    restriction = given.get("restriction") or {}
    ids = restriction.get("ids") or [restriction.get("id")]
    found = ident(ids[0]) if ids else ""
    return (found, "") if restriction.get("type") == "Group" else ("", found) if restriction else ("", "")

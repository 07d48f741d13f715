"""Intercom: conversations with their parts, contacts, companies, admins and teams, as its API has them."""

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

import msgspec

from headway.insight.sources.hanging import key_of
from headway.moving.records import (
    Anything,
    Attached,
    Comment,
    Matter,
    Measured,
    Organisation,
    Person,
    Step,
    Team,
)  # fmt: skip
from headway.moving.sources.bonds import related
from headway.moving.sources.documents import Documents, Lists
from headway.moving.sources.fields import defined, heard, options_of
from headway.moving.sources.port import Options
from headway.moving.sources.times import moment
from headway.moving.sources.values import between, facts, ident, known_since

_CATEGORIES: Final = {"open": "open", "snoozed": "waiting", "closed": "solved"}
_CHANNELS: Final = {"email": "email", "phone_call": "phone", "phone_switch": "phone"}
_OURS: Final = {"admin", "team"}
_KINDS: Final = {"integer": "number", "float": "number", "boolean": "check"}
# What a part does to whom the conversation waits for. Parts are named after it, some after two things at once.
_STATUSES: Final = (
    ("unsnooze", "open"),
    ("snooze", "waiting"),
    ("close", "solved"),
    ("open", "open"),
)


def conversation(given: Mapping[str, Any], link: str = "") -> list[Anything]:
    """A conversation with its parts, as retrieving one gives it."""
    key, source, figures = str(given["id"]), given.get("source") or {}, given.get("statistics") or {}
    created, rating = moment(given["created_at"]), given.get("conversation_rating") or {}
    contacts = (given.get("contacts") or {}).get("contacts") or ()
    author = source.get("author") or {}
    writer = ident(author.get("id")) if _side(author) == "customer" else ""
    customer = writer or next((ident(one.get("id")) for one in contacts), "")
    values = facts(given.get("custom_attributes"))
    parts = (given.get("conversation_parts") or {}).get("conversation_parts") or ()
    made: list[Anything] = [
        Matter(
            key=key,
            subject=str(given.get("title") or source.get("subject") or ""),
            category=_CATEGORIES.get(str(given.get("state")), "open"),
            created_at=created,
            updated_at=moment(given.get("updated_at") or given["created_at"]),
            channel=_CHANNELS.get(str(source.get("type")), "chat"),
            priority=3 if given.get("priority") == "priority" else 2,
            customer=customer,
            team=ident(given.get("team_assignee_id")),
            assignee=ident(given.get("admin_assignee_id")),
            tags=tuple(str(one["name"]) for one in (given.get("tags") or {}).get("tags") or ()),
            fields=values,
            url=link.replace("{id}", key),
            solved_at=moment(figures["last_close_at"]) if figures.get("last_close_at") else None,
            rating=rating.get("rating") if rating.get("rating") in range(1, 6) else None,
            rating_comment=str(rating.get("remark") or ""),
        ),
        Measured(
            key=key,
            reply_ms=between(created, figures.get("first_admin_reply_at")),
            resolve_ms=between(created, figures.get("last_close_at")),
            reopens=figures.get("count_reopens"),
        ),
        _comment({**source, "created_at": given["created_at"]}, f"{key}.0", key),
    ]
    made += heard(values)
    linked = (given.get("linked_objects") or {}).get("data") or ()
    made += [
        related(key, str(one["id"]), created)
        for one in linked
        if one.get("type") == "conversation" and str(one.get("id") or key) != key
    ]
    people = [_person(author), *(_person(part.get("author") or {}) for part in parts)]
    made += [person for found in people for person in found]
    for part in parts:
        made += _happened(key, part)
    return made


def _happened(ticket: str, part: Mapping[str, Any]) -> list[Anything]:
    """What was said, and beside it what it did to the conversation."""
    what, at, key = str(part.get("part_type")), moment(part["created_at"]), str(part["id"])
    side, author = _side(part.get("author") or {}), ident((part.get("author") or {}).get("id"))
    made: list[Anything] = []
    if part.get("body"):
        made.append(_comment(part, key, ticket))
    to = part.get("assigned_to") or {}
    if "assign" in what and to.get("id"):
        target = "team" if to.get("type") == "team" else "assignee"
        made.append(Step(key=f"{key}:{target}", ticket=ticket, at=at, what=target, after=str(to["id"]), author=author))
    status = next((status for word, status in _STATUSES if word in what), None)
    if status is None and side == "customer" and what == "comment":
        status = "open"
    if status is not None:
        made.append(Step(key=f"{key}:status", ticket=ticket, at=at, what="status", after=status, author=author))
    return made


def _comment(given: Mapping[str, Any], key: str, ticket: str) -> Comment:
    author, body, what = given.get("author") or {}, str(given.get("body") or ""), str(given.get("part_type") or "")
    marked = "<" in body and ">" in body
    return Comment(
        key=key,
        ticket=ticket,
        at=moment(given["created_at"]),
        author=ident(author.get("id")),
        side=_side(author),
        public="note" not in what and "assign" not in what,
        text="" if marked else body,
        html=body if marked else "",
        files=tuple(
            Attached(
                key=key_of(file.get("id"), file.get("url")),
                name=str(file.get("name") or "file"),
                media_type=str(file.get("content_type") or ""),
                url=str(file.get("url") or ""),
            )
            for file in given.get("attachments") or ()
        ),
    )


def _side(author: Mapping[str, Any]) -> str:
    kind = str(author.get("type"))
    return "agent" if kind in _OURS else "customer" if kind in {"user", "lead", "contact"} else "automation"


def _person(author: Mapping[str, Any]) -> list[Person]:
    """Who wrote, where that is a customer: the list of contacts says more of them."""
    if _side(author) != "customer" or not author.get("id"):
        return []
    return [msgspec.structs.replace(one, hearsay=True) for one in contact(author)]


def contact(given: Mapping[str, Any]) -> list[Person]:
    """A contact is a customer."""
    companies = (given.get("companies") or {}).get("data") or ()
    others = [("phone", str(given["phone"]))] if given.get("phone") else []
    if given.get("external_id"):
        others.append(("external", f"external:{given['external_id']}"))
    return [
        Person(
            key=str(given["id"]),
            name=str(given.get("name") or ""),
            at=known_since(given, "signed_up_at", "created_at"),
            address=str(given.get("email") or ""),
            others=tuple(others),
            organisation=next((ident(one.get("id")) for one in companies), ""),
            language=str(given.get("language_override") or given.get("browser_language") or "").split("-")[0].lower(),
            facts=facts(given.get("custom_attributes")),
        )
    ]


def company(given: Mapping[str, Any]) -> list[Anything]:
    """A company."""
    name = str(given.get("name") or given.get("company_id") or given["id"])
    at = known_since(given, "remote_created_at", "created_at")
    return [Organisation(key=str(given["id"]), name=name, at=at, facts=facts(given.get("custom_attributes")))]


def attribute(given: Mapping[str, Any]) -> list[Anything]:
    """A field of conversations: one that somebody there made."""
    if given.get("model") != "conversation" or not given.get("custom") or given.get("archived"):
        return []
    options = options_of(given.get("options"))
    kind = "choice" if options else _KINDS.get(str(given.get("data_type")), "text")
    return [defined(str(given["name"]), given.get("label"), kind, options)]


def admin(given: Mapping[str, Any]) -> list[Anything]:
    """Somebody of the team."""
    name, address = str(given.get("name") or ""), str(given.get("email") or "")
    return [Person(key=str(given["id"]), name=name, at=known_since(given), agent=True, address=address)]


def team(given: Mapping[str, Any]) -> list[Anything]:
    """A team."""
    return [Team(key=str(given["id"]), name=str(given["name"]))]


def _lists(options: Options) -> Lists:
    conversations = ("ticket", partial(conversation, link=options.link))
    return {
        "": conversations,
        "conversations": conversations,
        "contacts": ("person", contact),
        "companies": ("organisation", company),
        "admins": ("person", admin),
        "teams": ("team", team),
        "data_attributes": ("field", attribute),
    }


INTERCOM: Final = Documents("intercom", _lists)

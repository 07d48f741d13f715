"""Freshdesk: tickets with their conversations, contacts, companies, agents and groups, of its API or account export.

A ticket tells no history of statuses: the few moments of its statistics stand in for them, where the export of ticket
activities does not tell more.
"""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, Final

from headway.moving.records import Anything, Attached, Comment, Matter, Measured, Organisation, Person, Team
from headway.moving.sources.documents import Documents, Left, Lists
from headway.moving.sources.fields import heard
from headway.moving.sources.freshdesk.beside import activity, bonds_of, field
from headway.moving.sources.markup import telling
from headway.moving.sources.port import Options
from headway.moving.sources.times import moment
from headway.moving.sources.values import between, facts, ident, known_since

_CATEGORIES: Final = {2: "open", 3: "waiting", 4: "solved", 5: "closed", 6: "waiting", 7: "hold"}
_CHANNELS: Final = {1: "email", 2: "form", 3: "phone", 7: "chat", 9: "form"}
_NOTED: Final = {2, 8}  # a note, and what was forwarded to somebody else


def ticket(given: Mapping[str, Any], link: str = "") -> list[Anything]:
    """A ticket with what was said on it: of the API, or of the export with its wrapping. Raises Left."""
    given = given.get("helpdesk_ticket") or given
    if given.get("spam") or given.get("deleted"):
        raise Left("marked as spam in Freshdesk" if given.get("spam") else "deleted in Freshdesk")
    key, created = str(given.get("display_id") or given["id"]), moment(given["created_at"])
    stats = given.get("stats") or given.get("ticket_states") or {}
    solved = stats.get("resolved_at") or stats.get("closed_at")
    values = {str(name): value for name, value in _custom(given) if value not in (None, "", [])}
    status = given.get("status") or 2
    made: list[Anything] = [
        Matter(
            key=key,
            subject=str(given.get("subject") or ""),
            category=_CATEGORIES.get(status, "open"),
            created_at=created,
            updated_at=moment(given.get("updated_at") or given["created_at"]),
            channel=_CHANNELS.get(given.get("source") or 1, "email"),
            priority=min(max(int(given.get("priority") or 2), 1), 4),
            kind=str(given.get("type") or given.get("ticket_type") or ""),
            customer=ident(given.get("requester_id")),
            organisation=ident(given.get("company_id")),
            team=ident(given.get("group_id")),
            assignee=ident(given.get("responder_id")),
            tags=tuple(str(one.get("name") if isinstance(one, Mapping) else one) for one in given.get("tags") or ()),
            fields=values,
            url=link.replace("{id}", key),
            solved_at=moment(solved) if solved and status in (4, 5) else None,
            closed_at=moment(stats["closed_at"]) if stats.get("closed_at") and status == 5 else None,
        ),
        Measured(
            key=key,
            reply_ms=between(created, stats.get("first_responded_at") or stats.get("first_response_time")),
            resolve_ms=between(created, stats.get("resolved_at")),
        ),
    ]
    made += heard(values)
    made += bonds_of(given, key, created)
    begun = {**given, "body_text": given.get("description_text"), "body": given.get("description_html")}
    if begun["body"] is None:
        begun["body"] = given.get("description")
    made.append(_comment(begun, f"{key}.0", key, ident(given.get("requester_id")), incoming=True))
    for one in given.get("conversations") or given.get("helpdesk_notes") or given.get("notes") or ():
        note = one.get("note") or one.get("helpdesk_note") or one
        if not note.get("deleted"):
            incoming = bool(note.get("incoming"))
            made.append(_comment(note, str(note["id"]), key, ident(note.get("user_id")), incoming=incoming))
    return made


def _custom(given: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name in ("custom_fields", "custom_field"):
        yield from (given.get(name) or {}).items()


def _comment(given: Mapping[str, Any], key: str, ticket: str, author: str, *, incoming: bool) -> Comment:
    html = str(given.get("body_html") or given.get("body") or "")
    text = str(given.get("body_text") or "")
    return Comment(
        key=key,
        ticket=ticket,
        at=moment(given["created_at"]),
        author=author,
        side="customer" if incoming else "agent",
        public=incoming or not (given.get("private") or given.get("source") in _NOTED),
        text=text if text or "<" in html else html,
        html=telling(html) if text else html if "<" in html else "",
        files=tuple(
            Attached(
                key=str(file.get("id") or ""),
                name=str(file.get("name") or "file"),
                media_type=str(file.get("content_type") or ""),
                url=str(file.get("attachment_url") or ""),
            )
            for file in given.get("attachments") or ()
        ),
    )


def contact(given: Mapping[str, Any]) -> list[Anything]:
    """A contact is a customer."""
    given = given.get("user") or given
    others = [("phone", str(given[name])) for name in ("phone", "mobile") if given.get(name)]
    others += [("email", str(address)) for address in given.get("other_emails") or ()]
    return [
        Person(
            key=str(given["id"]),
            name=str(given.get("name") or ""),
            at=known_since(given, "created_at", "updated_at"),
            address=str(given.get("email") or ""),
            others=tuple(others),
            organisation=ident(given.get("company_id")),
            language=str(given.get("language") or "").split("-")[0].lower(),
            facts=facts(given.get("custom_fields")),
        )
    ]


def agent(given: Mapping[str, Any]) -> list[Anything]:
    """Somebody of the team."""
    who = given.get("contact") or given
    name, address = str(who.get("name") or ""), str(who.get("email") or "")
    return [Person(key=str(given["id"]), name=name, at=known_since(given, "created_at"), agent=True, address=address)]


def company(given: Mapping[str, Any]) -> list[Anything]:
    """A company with its domains."""
    return [
        Organisation(
            key=str(given["id"]),
            name=str(given["name"]),
            at=known_since(given, "created_at"),
            domains=tuple(str(domain) for domain in given.get("domains") or ()),
            facts=facts(given.get("custom_fields")),
            notes="\n".join(str(text) for name in ("description", "note") if (text := given.get(name))),
        )
    ]


def group(given: Mapping[str, Any]) -> list[Anything]:
    """A group is a team."""
    return [Team(key=str(given["id"]), name=str(given["name"]))]


def _lists(options: Options) -> Lists:
    tickets = ("ticket", partial(ticket, link=options.link))
    return {
        "": tickets,
        "tickets": tickets,
        "contacts": ("person", contact),
        "agents": ("person", agent),
        "companies": ("organisation", company),
        "groups": ("team", group),
        "ticket_fields": ("field", field),
        "activities_data": ("step", activity),
    }


FRESHDESK: Final = Documents("freshdesk", _lists)

"""Tickets, their comments, their custom fields, and Zendesk's own figures of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from headway.moving.records import Anything, Asked, Attached, Comment, Matter, Measured
from headway.moving.sources.documents import Left
from headway.moving.sources.markup import telling
from headway.moving.sources.times import moment
from headway.moving.sources.values import ident
from headway.moving.sources.zendesk import bonds
from headway.moving.sources.zendesk.values import CATEGORIES, CHANNELS, PRIORITIES, by_rule

_KINDS: Final = {
    "text": "text",
    "textarea": "text",
    "regexp": "text",
    "lookup": "text",
    "multiselect": "text",
    "partialcreditcard": "text",
    "integer": "number",
    "decimal": "number",
    "checkbox": "check",
    "date": "date",
    "tagger": "choice",
}
_RATINGS: Final = {"good": 5, "bad": 1}


@dataclass(frozen=True, slots=True)
class Linking:
    """Where the old system shows a ticket: as it was told, else by the host of the ticket's own address."""

    link: str = ""

    def to(self, given: Mapping[str, Any]) -> str:
        """The address of a ticket; "" when nothing says it."""
        if self.link:
            return self.link.replace("{id}", str(given["id"]))
        parts = urlsplit(str(given.get("url") or ""))
        return f"https://{parts.netloc}/agent/tickets/{given['id']}" if parts.netloc else ""


def ticket(given: Mapping[str, Any], linking: Linking) -> list[Anything]:
    """A ticket, with whatever is nested in it. Raises Left."""
    if given.get("status") == "deleted":
        raise Left("deleted in Zendesk")
    key = str(given["id"])
    rating = given.get("satisfaction_rating") or {}
    made: list[Anything] = [
        Matter(
            key=key,
            subject=str(given.get("raw_subject") or given.get("subject") or ""),
            category=CATEGORIES[str(given.get("status") or "open")],
            created_at=moment(given["created_at"]),
            updated_at=moment(given.get("updated_at") or given["created_at"]),
            channel=CHANNELS.get(str((given.get("via") or {}).get("channel")), "email"),
            priority=PRIORITIES.get(str(given.get("priority")), 2),
            kind=str(given.get("type") or ""),
            customer=ident(given.get("requester_id")),
            organisation=ident(given.get("organization_id")),
            team=ident(given.get("group_id")),
            brand=ident(given.get("brand_id")),
            assignee=ident(given.get("assignee_id")),
            tags=tuple(str(tag) for tag in given.get("tags") or ()),
            fields={
                str(field["id"]): value
                for field in given.get("custom_fields") or given.get("fields") or ()
                if (value := field.get("value")) not in (None, "", [])
            },
            url=linking.to(given),
            rating=_RATINGS.get(str(rating.get("score"))),
            rating_comment=str(rating.get("comment") or ""),
            text=str(given.get("description") or ""),
        )
    ]
    made += bonds.of_ticket(given)
    if given.get("metric_set"):
        made += metrics({**given["metric_set"], "ticket_id": key})
    for said in given.get("comments") or ():
        made += comment(said, key)
    return made


def comment(given: Mapping[str, Any], of: str, at: Any = None, author: Any = None) -> list[Anything]:
    """A comment of the ticket `of`, at its own time or that of what it came with."""
    writer = given.get("author_id", author)
    side = "automation" if by_rule(given.get("via")) or writer in (-1, "-1") else ""
    html = str(given.get("html_body") or "")
    plain = str(given.get("plain_body") or given.get("body") or "")
    made = Comment(
        key=str(given["id"]),
        ticket=of,
        at=moment(given.get("created_at") or at),
        author=ident(writer),
        side=side,
        public=bool(given.get("public", given.get("comment_public", True))),
        text=plain,
        html=telling(html) if plain else html,
        files=tuple(
            Attached(
                key=str(file.get("id") or ""),
                name=str(file.get("file_name") or "file"),
                media_type=str(file.get("content_type") or ""),
                url=str(file.get("content_url") or ""),
            )
            for file in given.get("attachments") or ()
        ),
    )
    return [made, *bonds.merged(given, of, made.at)]


def metrics(given: Mapping[str, Any]) -> list[Anything]:
    """Zendesk's own figures of a ticket, in minutes of the calendar there."""
    solved = given.get("solved_at")
    made = Measured(
        key=str(given["ticket_id"]),
        reply_ms=_minutes(given.get("reply_time_in_minutes")),
        resolve_ms=_minutes(given.get("full_resolution_time_in_minutes")),
        reopens=given.get("reopens"),
        solved_at=moment(solved) if solved else None,
    )
    return [made]


def field(given: Mapping[str, Any]) -> list[Anything]:
    """A custom field; what every ticket has anyway is none."""
    kind = _KINDS.get(str(given.get("type")))
    if kind is None:
        return []
    options = {str(one["value"]): str(one["name"]) for one in given.get("custom_field_options") or ()}
    if kind == "choice" and not options:
        kind = "text"
    return [Asked(key=str(given["id"]), label=str(given["title"]), kind=kind, options=options)]


def _minutes(given: Any) -> int | None:
    found = given.get("calendar") if isinstance(given, Mapping) else None
    return None if found is None else int(found) * 60_000

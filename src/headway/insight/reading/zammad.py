"""Zammad: tickets with their articles and their history, users and groups, as its API has them."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from headway.insight.lake.words import Kind, Origin, Side, Status
from headway.insight.reading import documents, meanings
from headway.insight.reading.documents import Makers
from headway.insight.reading.port import Options, Progress, Read
from headway.insight.reading.staged import Event, Person, Row, Ticket
from headway.insight.reading.staging import Staging
from headway.insight.reading.synonyms import SYNONYMS
from headway.insight.reading.values import at, first, ident, words

# Zammad's own kinds of states; a workspace names states as it likes.
_STATES: Final = (
    ("pending", Status.WAITING),
    ("closed", Status.SOLVED),
    ("merged", Status.CLOSED),
    ("removed", Status.CLOSED),
    ("new", Status.OPEN),
    ("open", Status.OPEN),
)
_SENDERS: Final = {"Customer": Side.CUSTOMER, "Agent": Side.AGENT, "System": Side.AUTOMATION}
_ITSELF: Final = "1"  # the id of Zammad's own user
_NOBODY: Final = {"1", "0", "", "-"}
_MACHINES: Final = {"Trigger", "Job", "PostmasterFilter"}


class Zammad:
    """One file of a download, or of documents of its API."""

    name = "Zammad"

    def claims(self, path: Path, head: bytes, /) -> bool:
        """As a download of ours, or by fields that only its tickets have."""
        return path.name.startswith("zammad-") or (b'"article_count"' in head and b'"create_article_type_id"' in head)

    def read(self, path: Path, options: Options, staging: Staging, progress: Progress) -> Read:
        """An element that cannot be read is a problem, with its number within the file."""
        return documents.stage(path, self.name, _MAKERS, options, staging, progress)


def ticket(given: Mapping[str, Any]) -> list[Row]:
    """A ticket with `articles` and `history`, each as its own request gives them."""
    number, state = str(given.get("number") or given["id"]), str(given.get("state") or "")
    articles = sorted(given.get("articles") or (), key=lambda one: (str(one["created_at"]), one["id"]))
    began = articles[0] if articles else {}
    proactive = began.get("sender") == "Agent" and not began.get("internal") and began.get("type") == "email"
    created = at(given["created_at"])
    origin = Origin.MERGED if state == "merged" else Origin.PROACTIVE if proactive else None
    made: list[Row] = [
        Ticket(
            ticket=number,
            origin=origin or (Origin.SPAM if state == "removed" else meanings.origin(_channel(given, began) or "")),
            channel=_channel(given, began),
            category=_category(given),
            tag=first(given.get("tags")),
            priority=ident(given.get("priority")),
            customer=ident(given.get("customer_id")),
            source_reply_ms=_since(created, given.get("first_response_at")),
            source_resolve_ms=_since(created, given.get("close_at")),
        ),
        _began(number, created, given, began, proactive=proactive),
    ]
    made += [_said(number, article) for article in articles[1:]]
    history = given.get("history") or ()
    made += [event for change in history for event in _changed(number, change)]
    if not history and given.get("close_at"):
        moment = at(given["close_at"])
        made.append(
            Event(ticket=number, at_ms=moment, kind=Kind.STATUS, activity="closed", status=Status.SOLVED, key="closed")
        )
    return made


def _began(
    number: str, created: int, given: Mapping[str, Any], article: Mapping[str, Any], *, proactive: bool
) -> Event:
    text = _text(article)
    return Event(
        ticket=number,
        at_ms=created,
        kind=Kind.CREATED,
        activity="created",
        status=Status.OPEN,
        actor_kind=Side.AGENT if proactive else Side.CUSTOMER,
        actor=ident(article.get("created_by_id") if proactive else given.get("customer_id")),
        team=_first_of(given, "group") or ident(given.get("group_id")),
        length=len(text) if text else None,
        subject=given.get("title"),
        text=text,
        key="created",
    )


def _said(number: str, article: Mapping[str, Any]) -> Event:
    side = _SENDERS.get(str(article.get("sender")), Side.SYSTEM)
    text, noted = _text(article), bool(article.get("internal")) or article.get("type") == "note"
    kind = Kind.NOTE if noted else Kind.RECEIVED if side == Side.CUSTOMER else Kind.REPLIED
    actor = article.get("origin_by_id") or article.get("created_by_id")
    return Event(
        ticket=number,
        at_ms=at(article["created_at"]),
        kind=kind,
        actor_kind=side,
        actor=None if side in (Side.SYSTEM, Side.AUTOMATION) else ident(actor),
        length=len(text or ""),
        courtesy=int(side == Side.AUTOMATION),
        text=text,
        key=f"article {article['id']}",
    )


def _changed(number: str, change: Mapping[str, Any]) -> Iterator[Event]:
    """A change of state, owner or group; of anything else the history tells nothing that is counted."""
    if change.get("object") != "Ticket" or change.get("type") != "updated":
        return
    what, to = str(change.get("attribute")), change.get("value_to")
    side, actor = _who(change)
    kind = Kind.STATUS if what == "state" else Kind.ASSIGNED
    target = ident(change.get("id_to"))
    status = _status(str(to)) if what == "state" else None
    if (what == "state" and status is None) or what not in ("state", "owner", "group"):
        return
    if what == "owner" and (target or "") in _NOBODY:
        return  # taken off a person: nobody got it
    yield Event(
        ticket=number,
        at_ms=at(change["created_at"]),
        kind=kind,
        activity=str(to) if what == "state" else "assigned" if what == "owner" else "group changed",
        status=status,
        actor_kind=side,
        actor=actor,
        assignee=target if what == "owner" else None,
        team=target if what == "group" else None,
        key=f"history {change['id']}",
    )


def _who(change: Mapping[str, Any]) -> tuple[str, str | None]:
    actor = ident(change.get("created_by_id"))
    if str(change.get("sourceable_type")) in _MACHINES or actor == _ITSELF:
        return Side.AUTOMATION, None
    return (Side.SYSTEM, None) if actor is None else ("unknown", actor)


def _first_of(given: Mapping[str, Any], attribute: str) -> str | None:
    """What an attribute was at first: what its first change changed."""
    changes = (one for one in given.get("history") or () if one.get("attribute") == attribute)
    found = ident(next((one.get("id_from") for one in changes if one.get("type") == "updated"), None))
    return None if found in _NOBODY else found


def _status(state: str) -> str | None:
    plain = state.lower()
    return next((status for word, status in _STATES if word in plain), meanings.status(plain))


def _channel(given: Mapping[str, Any], began: Mapping[str, Any]) -> str | None:
    return ident(given.get("create_article_type") or began.get("type"))


def _text(article: Mapping[str, Any]) -> str | None:
    body = article.get("body")
    return words(body) if "html" in str(article.get("content_type")) else ident(body)


def _category(given: Mapping[str, Any]) -> str | None:
    """An attribute that is named like one, as somebody there made it; of a tree's value the way down to it."""
    named = {name.replace("_", "").lower(): value for name, value in given.items() if value}
    for name in SYNONYMS["category"]:
        value = named.get(name)
        if told := first(value) if isinstance(value, list) else ident(value) if isinstance(value, str) else None:
            return told.replace("::", " › ")
    return None


def _since(created: int, moment: Any) -> int | None:
    return at(moment) - created if moment else None


def _user(given: Mapping[str, Any]) -> list[Row]:
    roles = {str(role) for role in given.get("roles") or ()}
    side = Side.AGENT if roles & {"Agent", "Admin"} else Side.CUSTOMER
    name = " ".join(filter(None, (given.get("firstname"), given.get("lastname")))) or given.get("email")
    return [Person(kind=side, id=str(given["id"]), name=name)]


def _group(given: Mapping[str, Any]) -> list[Row]:
    return [Person(kind="team", id=str(given["id"]), name=given.get("name"))]


_MAKERS: Final[Makers] = {"": ticket, "tickets": ticket, "users": _user, "groups": _group}

"""Zammad: tickets with their articles and history, users, groups, organisations, attributes, as its API has them."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, Final

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
from headway.moving.sources.documents import Documents, Left, Lists
from headway.moving.sources.port import Options
from headway.moving.sources.times import moment
from headway.moving.sources.values import between, facts, ident, known_since
from headway.moving.sources.zammad.attributes import Attributes

# Zammad's own kinds of states, by what stands in their names; a workspace names states as it likes.
_STATES: Final = (
    ("pending", "waiting"), ("closed", "solved"), ("merged", "closed"), ("new", "new"), ("open", "open"),
)  # fmt: skip
_SENDERS: Final = {"Customer": "customer", "Agent": "agent", "System": "automation"}
_CHANNELS: Final = {"email": "email", "phone": "phone", "web": "form", "chat": "chat"}
_ITSELF: Final = "1"  # the id of Zammad's own user
_STEPS: Final = {"state": "status", "owner": "assignee", "group": "team", "priority": "priority"}


# Lists are saved bare, too: what only their elements have.
_ALONE: Final = (
    ("data_option", "object_manager_attributes"),
    ("firstname", "users"),
    ("domain_assignment", "organizations"),
    ("follow_up_possible", "groups"),
)


def ticket(given: Mapping[str, Any], attributes: Attributes, link: str = "") -> list[Anything]:
    """A ticket with `articles`, `history` and `tags`, each as its own request gives them. Raises Left."""
    if given.get("state") == "removed":
        raise Left("removed in Zammad")
    key, created = str(given.get("number") or given["id"]), moment(given["created_at"])
    articles = sorted(given.get("articles") or (), key=lambda one: (str(one["created_at"]), one["id"]))
    began = articles[0] if articles else {}
    closed = given.get("close_at")
    values, told = attributes.of(given)
    made: list[Anything] = [
        Matter(
            key=key,
            subject=str(given["title"] or ""),
            category=_category(given.get("state")),
            created_at=created,
            updated_at=moment(given.get("updated_at") or given["created_at"]),
            channel=_CHANNELS.get(str(given.get("create_article_type") or began.get("type")), "email"),
            priority=_priority(given.get("priority")),
            kind=str(given.get("type") or ""),
            customer=_person_id(given.get("customer_id")),
            organisation=ident(given.get("organization_id")),
            team=ident(given.get("group_id")),
            assignee=_person_id(given.get("owner_id")),
            tags=tuple(str(tag) for tag in given.get("tags") or ()),
            fields=values,
            url=link.replace("{id}", str(given["id"])),
            solved_at=moment(closed) if closed else None,
        ),
        Measured(
            key=key,
            reply_ms=between(created, given.get("first_response_at")),
            resolve_ms=between(created, closed),
        ),
    ]
    made += told
    made += [related(key, str(one["number"]), created) for one in given.get("links") or () if one.get("number")]
    made += [_comment(key, article) for article in articles]
    for change in given.get("history") or ():
        made += _changed(key, change)
    return made


def _comment(ticket: str, given: Mapping[str, Any]) -> Comment:
    body, html = str(given.get("body") or ""), "html" in str(given.get("content_type"))
    return Comment(
        key=str(given["id"]),
        ticket=ticket,
        at=moment(given["created_at"]),
        author=_person_id(given.get("origin_by_id") or given.get("created_by_id")),
        side=_SENDERS.get(str(given.get("sender")), ""),
        public=not given.get("internal") and given.get("type") != "note",
        text="" if html else body,
        html=body if html else "",
        files=tuple(
            Attached(
                key=str(file.get("id") or ""),
                name=str(file.get("filename") or "file"),
                media_type=str((file.get("preferences") or {}).get("Content-Type") or ""),
            )
            for file in given.get("attachments") or ()
        ),
    )


def _changed(ticket: str, change: Mapping[str, Any]) -> Iterator[Anything]:
    """A change of state, owner, group or priority."""
    what = _STEPS.get(str(change.get("attribute")))
    if change.get("object") != "Ticket" or change.get("type") != "updated" or what is None:
        return
    if what == "status":
        after = _category(change.get("value_to"))
    elif what == "priority":
        after = str(_priority(change.get("value_to")))
    else:
        after = _person_id(change.get("id_to")) if what == "assignee" else ident(change.get("id_to"))
    by, at = _person_id(change.get("created_by_id")), moment(change["created_at"])
    yield Step(key=f"h{change['id']}", ticket=ticket, at=at, what=what, after=after, author=by)


def _category(state: Any) -> str:
    return next((category for word, category in _STATES if word in str(state).lower()), "open")


def _priority(value: Any) -> int:
    """`2 normal` is 2; a workspace's own names are normal."""
    return int(str(value)[0]) if str(value)[:1] in {"1", "2", "3", "4"} else 2


def _person_id(value: Any) -> str:
    found = ident(value)
    return "" if found == _ITSELF else found


def user(given: Mapping[str, Any]) -> list[Anything]:
    """A user: of the team where a role says so, else a customer."""
    if str(given["id"]) == _ITSELF:
        return []
    address = str(given.get("email") or "")
    name = " ".join(str(part) for part in (given.get("firstname"), given.get("lastname")) if part and part != "-")
    return [
        Person(
            key=str(given["id"]),
            name=name,
            at=known_since(given, "created_at"),
            agent=bool({str(role) for role in given.get("roles") or ()} & {"Agent", "Admin"}),
            address=address,
            others=tuple(("phone", str(given[name])) for name in ("phone", "mobile") if given.get(name)),
            organisation=ident(given.get("organization_id")),
            facts=facts({"note": given.get("note")}),
        )
    ]


def organisation(given: Mapping[str, Any]) -> list[Anything]:
    """An organisation with the domain its people are told by."""
    domain, notes = given.get("domain"), str(given.get("note") or "")
    domains = (str(domain),) if domain else ()
    at = known_since(given, "created_at")
    return [Organisation(key=str(given["id"]), name=str(given["name"]), at=at, domains=domains, notes=notes)]


def group(given: Mapping[str, Any]) -> list[Anything]:
    """A group is a team."""
    return [Team(key=str(given["id"]), name=str(given["name"]))]


def _lists(options: Options) -> Lists:
    attributes = Attributes()
    tickets = ("ticket", partial(ticket, attributes=attributes, link=options.link))
    return {
        "": tickets,
        "tickets": tickets,
        "users": ("person", user),
        "groups": ("team", group),
        "organizations": ("organisation", organisation),
        "object_manager_attributes": ("field", attributes.define),
    }


ZAMMAD: Final = Documents("zammad", _lists, _ALONE)

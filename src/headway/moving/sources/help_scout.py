"""Help Scout: conversations with their threads, customers, users, teams and mailboxes, as its Mailbox API has them.

Customers and users are numbered apart there: a customer's key begins with `c`. Mailboxes are teams here too.
"""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, Final

import msgspec

from headway.moving.records import Anything, Asked, Attached, Comment, Matter, Person, Step, Team
from headway.moving.sources.documents import Documents, Left, Lists
from headway.moving.sources.fields import defined
from headway.moving.sources.port import Options
from headway.moving.sources.times import moment
from headway.moving.sources.values import facts, ident, known_since

_CATEGORIES: Final = {"active": "open", "open": "open", "pending": "waiting", "closed": "solved"}
_CHANNELS: Final = {"chat": "chat", "beaconchat": "chat", "phone": "phone"}
_NOTED: Final = {"note", "forwardparent", "forwardchild"}
_SAID: Final = {"customer", "beaconchat", "chat", "phone", "message", "reply", *_NOTED}
_FIELDS: Final = {"dropdown": "choice", "number": "number", "date": "date"}
_UNSENT: Final = {"draft", "hidden", "underreview"}
_NOBODY: Final = {"", "1"}  # Help Scout itself
_LINK: Final = "https://secure.helpscout.net/conversation/{id}"


def conversation(given: Mapping[str, Any], link: str = "") -> list[Anything]:
    """A conversation with its threads. Raises Left."""
    if given.get("status") == "spam" or given.get("state") == "deleted":
        raise Left("marked as spam in Help Scout" if given.get("status") == "spam" else "deleted in Help Scout")
    key, customer = str(given.get("number") or given["id"]), given.get("primaryCustomer") or {}
    threads = sorted((given.get("_embedded") or {}).get("threads") or (), key=lambda one: (one["createdAt"], one["id"]))
    threads = [thread for thread in threads if thread.get("state") not in _UNSENT]
    handed = (one["assignedTo"] for one in threads[::-1] if one.get("assignedTo"))
    assignee: Mapping[str, Any] = given.get("assignee") or next(handed, {})
    asked = {str(one.get("name")): one.get("text") or one.get("value") for one in given.get("customFields") or ()}
    values = facts(asked)
    closed = given.get("closedAt") if given.get("status") == "closed" else None
    updated = given.get("userUpdatedAt") or closed or given["createdAt"]
    made: list[Anything] = [
        Matter(
            key=key,
            subject=str(given.get("subject") or ""),
            category=_CATEGORIES.get(str(given.get("status")), "open"),
            created_at=moment(given["createdAt"]),
            updated_at=moment(updated),
            channel=_CHANNELS.get(str(given.get("type")), "email"),
            customer=_who(customer | {"type": "customer"}),
            team=f"m{given['mailboxId']}" if given.get("mailboxId") else "",
            assignee=_who(assignee) if assignee.get("type") != "team" else "",
            tags=tuple(str(one["tag"]) for one in given.get("tags") or () if one.get("tag")),
            fields=values,
            url=(link or _LINK).replace("{id}", str(given["id"])),
            solved_at=moment(closed) if closed else None,
        ),
        *_person(customer | {"type": "customer"}),
    ]
    made += [Asked(key=name, label=name, kind="text", hearsay=True) for name in values]
    status, assigned = "open", ""
    for thread in threads:
        made += _person(thread.get("createdBy") or {})
        made += _said(key, thread)
        status, assigned, steps = _changed(key, thread, status, assigned)
        made += steps
    if closed and status != "solved":
        by, key_of = _who((given.get("closedByUser") or {}) | {"type": "user"}), f"closed:{closed}"
        made.append(
            Step(key=f"{key}:{key_of}", ticket=key, at=moment(closed), what="status", after="solved", author=by)
        )
    return made


def _said(ticket: str, thread: Mapping[str, Any]) -> Iterator[Anything]:
    kind, body = str(thread.get("type")), str(thread.get("body") or "")
    if kind not in _SAID or not (body or (thread.get("_embedded") or {}).get("attachments")):
        return
    marked = "<" in body and ">" in body
    yield Comment(
        key=str(thread["id"]),
        ticket=ticket,
        at=moment(thread["createdAt"]),
        author=_who(thread.get("createdBy") or {}),
        side=_side(thread),
        public=kind not in _NOTED,
        text="" if marked else body,
        html=body if marked else "",
        files=tuple(
            Attached(
                key=str(file.get("id") or ""),
                name=str(file.get("filename") or "file"),
                media_type=str(file.get("mimeType") or ""),
                url=str(((file.get("_links") or {}).get("data") or {}).get("href") or ""),
            )
            for file in (thread.get("_embedded") or {}).get("attachments") or ()
        ),
    )


def _changed(ticket: str, thread: Mapping[str, Any], status: str, assigned: str) -> tuple[str, str, list[Anything]]:
    """What a thread left the conversation in: each says its status and who has it then."""
    at, key, author = moment(thread["createdAt"]), str(thread["id"]), _who(thread.get("createdBy") or {})
    to, made = thread.get("assignedTo") or {}, list[Anything]()
    has = "" if to.get("type") == "team" else _who(to | {"type": "user"}) if to.get("id") else ""
    after = _CATEGORIES.get(str(thread.get("status")), status)
    if has and has != assigned:
        made.append(Step(key=f"{key}:assignee", ticket=ticket, at=at, what="assignee", after=has, author=author))
    if after != status:
        made.append(Step(key=f"{key}:status", ticket=ticket, at=at, what="status", after=after, author=author))
    return after, has or assigned, made


def _side(thread: Mapping[str, Any]) -> str:
    by, action = thread.get("createdBy") or {}, str((thread.get("action") or {}).get("type") or "")
    if by.get("type") == "customer":
        return "customer"
    machine = "automatic" in action or "workflow" in action or not _who(by)
    return "automation" if machine else "agent"


def _who(given: Mapping[str, Any]) -> str:
    number = ident(given.get("id"))
    if given.get("type") == "customer":
        return f"c{number}" if number else ""
    return "" if number in _NOBODY else number


def _person(given: Mapping[str, Any]) -> list[Person]:
    """Who is named in passing: the lists of customers and users say more."""
    if not _who(given) or given.get("type") not in ("customer", "user"):
        return []
    found = customer(given) if given["type"] == "customer" else user(given)
    return [msgspec.structs.replace(one, hearsay=True) for one in found]


def customer(given: Mapping[str, Any]) -> list[Person]:
    """A customer with all addresses and numbers."""
    told = given.get("_embedded") or {}
    addresses = [str(one["value"]) for one in told.get("emails") or () if one.get("value")]
    if given.get("email"):
        addresses.insert(0, str(given["email"]))
    others = [("email", address) for address in addresses[1:]]
    others += [("phone", str(one["value"])) for one in told.get("phones") or () if one.get("value")]
    return [
        Person(
            key=f"c{given['id']}",
            name=_name(given),
            at=known_since(given, "createdAt"),
            address=addresses[0] if addresses else "",
            others=tuple(others),
            facts=facts({name: given.get(name) for name in ("organization", "jobTitle")}),
        )
    ]


def user(given: Mapping[str, Any]) -> list[Person]:
    """Somebody of the team."""
    address = str(given.get("email") or "")
    name, at = _name(given), known_since(given, "createdAt")
    return [Person(key=str(given["id"]), name=name or address, at=at, agent=True, address=address)]


def _name(given: Mapping[str, Any]) -> str:
    parts = (given.get("first") or given.get("firstName"), given.get("last") or given.get("lastName"))
    return " ".join(str(part) for part in parts if part)


def _team(letter: str, given: Mapping[str, Any]) -> list[Anything]:
    return [Team(key=f"{letter}{given['id']}", name=str(given["name"]))]


def _mailbox(given: Mapping[str, Any]) -> list[Anything]:
    """A mailbox is a team; two with a field of one name have one field."""
    made = _team("m", given)
    for one in given.get("fields") or ():
        labels = {str(choice["label"]): str(choice["label"]) for choice in one.get("options") or ()}
        kind = _FIELDS.get(str(one.get("type")).lower().replace("_", ""), "text")
        made.append(defined(str(one["name"]), one["name"], kind, labels))
    return made


def _lists(options: Options) -> Lists:
    conversations = ("ticket", partial(conversation, link=options.link))
    return {
        "": conversations,
        "conversations": conversations,
        "customers": ("person", customer),
        "users": ("person", user),
        "teams": ("team", partial(_team, "t")),
        "mailboxes": ("team", _mailbox),
    }


HELP_SCOUT: Final = Documents("helpscout", _lists)

"""Intercom's API: conversations and contacts that changed, each conversation with its parts; admins and teams."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.utils.translation import gettext_noop as noop

from headway.foundation.clock import now
from headway.foundation.errors import Invalid
from headway.insight.sources.hanging import told
from headway.insight.sources.pages import short
from headway.insight.sources.port import Document, Page, Place, Source, Stream
from headway.insight.sources.session import Session

_SIZE: Final = 150
_DAY: Final = 86_400  # how fine its search is in time
_REGIONS: Final = {
    "": "api.intercom.io",
    "us": "api.intercom.io",
    "eu": "api.eu.intercom.io",
    "au": "api.au.intercom.io",
}
_VERSION: Final = "2.11"


def _changed(path: str, named: str) -> Callable[[Session, Place], Page]:
    """What changed since, by cursor. What changes while it is read is found by the run behind this one."""

    def page(session: Session, place: Place) -> Page:
        begun = place.get("begun") or int(now().timestamp())
        paging = {"per_page": _SIZE} | ({"starting_after": place["cursor"]} if place.get("cursor") else {})
        query = {"field": "updated_at", "operator": ">", "value": max(place["since"] - _DAY, 0)}
        try:
            said: Any = session.send("POST", path, {"query": query, "pagination": paging}) or {}
        except Invalid:
            if "cursor" not in place:
                raise
            return Page((), {"since": place["since"], "begun": begun}, False)  # a cursor of days ago: from the start
        onward = ((said.get("pages") or {}).get("next") or {}).get("starting_after")
        if not onward:
            return Page(said.get(named) or (), {"since": begun}, True)
        return Page(said[named], {"since": place["since"], "begun": begun, "cursor": onward}, False)

    return page


def _version(document: Document) -> str:
    return f"{document['id']} {document.get('updated_at')}"


def _whole(session: Session, conversation: Document) -> Document | None:
    found: Document | None = session.find(f"/conversations/{conversation['id']}", display_as="plaintext")
    return found


def _listed(name: str) -> Stream:
    return _anew(name, lambda session, place: Page(session.get(f"/{name}")[name], place, True))


def _companies(session: Session, place: Place) -> Page:
    """By scrolling, which the list of all companies wants; one scroll at a time."""
    said = session.get("/companies/scroll", **place)
    found = said.get("data") or ()
    return Page(found, {"scroll_param": said.get("scroll_param")}, not found)


def _anew(name: str, page: Callable[[Session, Place], Page]) -> Stream:
    return Stream(name=name, begin=lambda _since: {}, page=page, anew=True, single=True)


def _authorise(_session: Session, secret: str) -> Mapping[str, str]:
    return {"Authorization": f"Bearer {secret}"}


_ATTRIBUTES = short(
    "data_attributes", "/data_attributes", items=lambda said: said.get("data") or [], model="conversation"
)


SOURCE = Source(
    name="Intercom",
    scheme="intercom",
    wants=noop("an access token"),
    server=lambda typed: _REGIONS.get(typed, typed),
    authorise=_authorise,
    streams=(
        _listed("admins"),
        _listed("teams"),
        Stream(
            name="contacts",
            begin=lambda _since: {"since": 0},
            page=_changed("/contacts/search", "data"),
            key=_version,
            single=True,
            remembers=True,
        ),
        Stream(
            name="conversations",
            begin=lambda since: {"since": since},
            page=_changed("/conversations/search", "conversations"),
            key=_version,
            whole=_whole,
            single=True,
            remembers=True,
        ),
    ),
    also=(_anew("companies", _companies), _ATTRIBUTES),
    headers={"Intercom-Version": _VERSION},
    files=told("id", "url", "content_type", "filesize"),
)

"""Intercom's API: conversations that changed, each with its parts; admins and teams."""

from collections.abc import Mapping
from typing import Any, Final

from headway.foundation.clock import now
from headway.foundation.errors import Invalid
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


def _search(session: Session, place: Place) -> Page:
    """What changed since, by cursor. What changes while it is read is found by the run behind this one."""
    begun = place.get("begun") or int(now().timestamp())
    paging = {"per_page": _SIZE} | ({"starting_after": place["cursor"]} if place.get("cursor") else {})
    query = {"field": "updated_at", "operator": ">", "value": max(place["since"] - _DAY, 0)}
    try:
        said: Any = session.send("POST", "/conversations/search", {"query": query, "pagination": paging}) or {}
    except Invalid:
        if "cursor" not in place:
            raise
        return Page((), {"since": place["since"], "begun": begun}, False)  # a cursor of days ago: from the start again
    onward = ((said.get("pages") or {}).get("next") or {}).get("starting_after")
    if not onward:
        return Page(said.get("conversations") or (), {"since": begun}, True)
    return Page(said["conversations"], {"since": place["since"], "begun": begun, "cursor": onward}, False)


def _whole(session: Session, conversation: Document) -> Document | None:
    found: Document | None = session.find(f"/conversations/{conversation['id']}", display_as="plaintext")
    return found


def _listed(name: str) -> Stream:
    def page(session: Session, place: Place) -> Page:
        return Page(session.get(f"/{name}")[name], place, True)

    return Stream(name=name, begin=lambda _since: {}, page=page, anew=True, single=True)


def _authorise(_session: Session, secret: str) -> Mapping[str, str]:
    return {"Authorization": f"Bearer {secret}"}


SOURCE = Source(
    name="Intercom",
    scheme="intercom",
    wants="an access token",
    server=lambda typed: _REGIONS.get(typed, typed),
    authorise=_authorise,
    streams=(
        _listed("admins"),
        _listed("teams"),
        Stream(
            name="conversations",
            begin=lambda since: {"since": since},
            page=_search,
            key=lambda conversation: f"{conversation['id']} {conversation['updated_at']}",
            whole=_whole,
            single=True,
            remembers=True,
        ),
    ),
    headers={"Intercom-Version": _VERSION},
)

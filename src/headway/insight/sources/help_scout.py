"""Help Scout's Mailbox API: conversations that changed, with their threads; users, teams and mailboxes."""

from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import urlencode

from django.utils.translation import gettext_noop as noop

from headway.foundation.clock import now
from headway.foundation.errors import Invalid
from headway.insight.sources.been import Been
from headway.insight.sources.hanging import Hanging, attached, bytes_of, key_of
from headway.insight.sources.pages import Whole, iso
from headway.insight.sources.port import Document, Page, Place, Source, Stream
from headway.insight.sources.session import Session

_MARGIN: Final = 300  # seconds by which its clock may differ from ours


def _conversations(session: Session, place: Place) -> Page:
    """In the order of creation, which nothing changes; what changes while it is read is found by the next run."""
    begun = place.get("begun") or int(now().timestamp())
    asked = {"status": "all", "embed": "threads", "sortField": "createdAt", "sortOrder": "asc", "page": place["page"]}
    if place["since"]:
        asked["modifiedSince"] = iso(place["since"])
    said = session.get("/v2/conversations", **asked)
    found = _listed(said, "conversations")
    if _last(said):
        return Page(found, {"since": max(begun - _MARGIN, 0), "page": 1}, True)
    return Page(found, {"since": place["since"], "begun": begun, "page": place["page"] + 1}, False)


def _whole(session: Session, conversation: Document) -> Document | None:
    """A list embeds threads; where it embeds fewer than there are, they are fetched."""
    embedded = (conversation.get("_embedded") or {}).get("threads") or []
    if len(embedded) >= int(conversation.get("threads") or 0):
        return conversation
    threads: list[Any] = []
    number, ended, been = 1, False, Been("Help Scout threads")
    while not ended:
        said = session.find(f"/v2/conversations/{conversation['id']}/threads", page=number)
        if said is None:
            return None
        part, ended = _listed(said, "threads"), _last(said)
        been.at({"page": number}, Page(part, {"page": number + 1}, ended))
        threads, number = threads + part, number + 1
    return {**conversation, "_embedded": {"threads": threads}}


def _fields(session: Session, mailbox: Document) -> Document | None:
    """The fields that its conversations have."""
    said = session.find(f"/v2/mailboxes/{mailbox['id']}/fields") or {}
    return {**mailbox, "fields": _listed(said, "fields")}


def _numbered(name: str, besides: Whole | None = None) -> Stream:
    def page(session: Session, place: Place) -> Page:
        said = session.get(f"/v2/{name}", page=place["page"])
        return Page(_listed(said, name), {"page": place["page"] + 1}, _last(said))

    return Stream(name=name, begin=lambda _since: {"page": 1}, page=page, anew=True, single=True, besides=besides)


def _listed(said: Mapping[str, Any], name: str) -> list[Any]:
    return list((said.get("_embedded") or {}).get(name) or ())


def _last(said: Mapping[str, Any]) -> bool:
    """By what a page says of itself; one that holds nothing has none behind it."""
    page = said.get("page") or {}
    return not any((said.get("_embedded") or {}).values()) or int(page.get("number") or 1) >= int(
        page.get("totalPages") or 0
    )


def _files(conversation: Document) -> Iterator[Hanging]:
    """By their numbers, packed in JSON: the address that a document says is the same."""
    for _holder, file in attached(conversation):
        if number := key_of(file.get("id")):
            address = f"/v2/conversations/{conversation['id']}/attachments/{number}/data"
            yield Hanging(key=number, address=address, size=bytes_of(file.get("size")), packed=True)


def _authorise(session: Session, secret: str) -> Mapping[str, str]:
    """Client credentials (RFC 6749, 4.4). The token lasts two days; a new one is asked for when it ends."""
    client, colon, key = secret.partition(":")
    if not colon:
        raise Invalid("Help Scout wants the App ID and the App Secret of an app of yours, as ID:SECRET.")
    body = urlencode({"grant_type": "client_credentials", "client_id": client, "client_secret": key}).encode()
    said: Any = session.send("POST", "/v2/oauth2/token", body, granted=False) or {}
    return {"Authorization": f"Bearer {said.get('access_token', '')}"}


SOURCE = Source(
    name="Help Scout",
    scheme="helpscout",
    wants=noop("the App ID and App Secret of an app, as ID:SECRET"),
    server=lambda typed: typed or "api.helpscout.net",
    authorise=_authorise,
    streams=(
        _numbered("users"),
        _numbered("teams"),
        _numbered("mailboxes", _fields),
        Stream(
            name="conversations",
            begin=lambda since: {"since": since, "page": 1},
            page=_conversations,
            key=lambda one: f"{one['id']} {one.get('userUpdatedAt')} {one['status']} {one.get('threads')}",
            whole=_whole,
            single=True,
            remembers=True,
        ),
    ),
    also=(_numbered("customers"),),
    headers={},
    files=_files,
)

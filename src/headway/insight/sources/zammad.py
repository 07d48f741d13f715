"""Zammad's API: every ticket with its articles, history and tags; users, groups, organisations.

Its list knows no changes, so each run walks it whole and fetches what is new or newer than what is kept.
"""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext_noop as noop

from headway.insight.sources.hanging import Hanging, attached, bytes_of, key_of
from headway.insight.sources.pages import iso, numbered
from headway.insight.sources.port import Document, Page, Place, Source, Stream
from headway.insight.sources.session import Forbidden, Session

_SIZE = 100


def _page(session: Session, place: Place) -> Page:
    """Pages of numbers shift when a ticket is deleted; what slips through is fetched by the next run."""
    found = session.get("/api/v1/tickets", expand="true", page=place["page"], per_page=_SIZE)
    later = [one for one in found if str(one["updated_at"]) >= place["since"]]
    ended = len(found) < _SIZE
    return Page(later, {"since": place["since"], "page": 1 if ended else place["page"] + 1}, ended)


def _whole(session: Session, ticket: Document) -> Document | None:
    articles = session.find(f"/api/v1/ticket_articles/by_ticket/{ticket['id']}", expand="true")
    history = session.find(f"/api/v1/ticket_history/{ticket['id']}")
    if articles is None or history is None:
        return None
    tags = (session.find("/api/v1/tags", object="Ticket", o_id=ticket["id"]) or {}).get("tags") or []
    return {**ticket, "articles": articles, "history": history["history"], "tags": tags}


def _besides(session: Session, ticket: Document) -> Document | None:
    """What it is linked to, by the numbers that people know."""
    said = session.find("/api/v1/links", link_object="Ticket", link_object_value=ticket["id"]) or {}
    known = (said.get("assets") or {}).get("Ticket") or {}
    links = [
        {
            "link_type": one.get("link_type"),
            "number": (known.get(str(one.get("link_object_value"))) or {}).get("number"),
        }
        for one in said.get("links") or ()
        if one.get("link_object") == "Ticket"
    ]
    return {**ticket, "links": links}


def _files(ticket: Document) -> Iterator[Hanging]:
    for article, file in attached(ticket):
        if (number := key_of(file.get("id"))) and article.get("ticket_id") and article.get("id"):
            address = f"/api/v1/ticket_attachment/{article['ticket_id']}/{article['id']}/{number}"
            kind = str((file.get("preferences") or {}).get("Content-Type") or "")
            yield Hanging(key=number, address=address, media_type=kind, size=bytes_of(file.get("size")))


def _attributes(session: Session, place: Place) -> Page:
    """What attributes there are, which wants a permission of its own: tickets come without it too, and it is said."""
    try:
        return Page(session.find("/api/v1/object_manager_attributes") or (), place, True)
    except Forbidden as error:
        return Page(({"refused": str(error)},), place, True)


def _authorise(_session: Session, secret: str) -> Mapping[str, str]:
    return {"Authorization": f"Token token={secret}"}


def _begin(since: int) -> Place:
    return {"since": iso(since), "page": 1}


SOURCE = Source(
    name="Zammad",
    scheme="zammad",
    wants=noop(
        "an access token with the permissions ticket.agent and admin.user, and admin.object to import your attributes"
    ),
    server=lambda typed: typed,
    authorise=_authorise,
    streams=(
        numbered("groups", "/api/v1/groups"),
        numbered("organizations", "/api/v1/organizations"),
        numbered("users", "/api/v1/users", expand="true"),
        Stream(
            name="tickets",
            begin=_begin,
            page=_page,
            key=lambda ticket: f"{ticket['id']} {ticket['updated_at']}",
            whole=_whole,
            besides=_besides,
            single=True,
            remembers=True,
        ),
    ),
    also=(Stream(name="object_manager_attributes", begin=lambda _since: {}, page=_attributes, anew=True, single=True),),
    headers={},
    files=_files,
)

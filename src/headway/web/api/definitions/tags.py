"""The tags in use, and keeping them in order."""

from dataclasses import dataclass
from typing import Annotated

from django.http import HttpResponse
from ninja import Query, Schema
from pydantic import Field as Checked

from headway.people.rules import Permission, Scope
from headway.tickets.actions import tags as actions
from headway.tickets.models import Tag
from headway.tickets.queries import setup as queries
from headway.web.api.answers import Listed, listed, nothing, tagged
from headway.web.api.definitions.kinds import DefinedName
from headway.web.api.door import ApiRequest
from headway.web.api.kinds import Id, Input, PathId
from headway.web.api.routes import Routes

routes = Routes("Definitions")


@dataclass(slots=True)
class TagOut:
    """A word put on tickets."""

    id: int
    name: str


class TagFilter(Schema):
    """Which tags."""

    start: Annotated[str, Checked(max_length=60, description="How they begin.")] = ""
    limit: Annotated[int, Checked(ge=1, le=100)] = 50


class TagChanges(Input):
    """How the tag is written from now on."""

    name: DefinedName


class TagMerger(Input):
    """The tag that stays."""

    into_id: Id


@routes.get("/tags", Scope.TICKETS_READ, Permission.READ, Listed[TagOut])
def list_tags(request: ApiRequest, chosen: Query[TagFilter]) -> HttpResponse:
    """Tags on offer, by name."""
    rows = queries.tags(chosen.start, chosen.limit)
    return listed(request, [_tag(row) for row in rows], None)


@routes.patch("/tags/{tag_id}", Scope.ADMIN, Permission.SETTINGS, TagOut)
def rename_tag(request: ApiRequest, tag_id: PathId, body: TagChanges) -> HttpResponse:
    """Write a tag in another way. The old word goes on leading to it."""
    return tagged(_tag(actions.rename(queries.tag_by_id(tag_id), body.name, actor=request.actor)))


@routes.put("/tags/{tag_id}/merger", Scope.ADMIN, Permission.SETTINGS, TagOut)
def merge_tag(request: ApiRequest, tag_id: PathId, body: TagMerger) -> HttpResponse:
    """Make the tag one with another, which is returned. It cannot be undone."""
    into = queries.tag_by_id(body.into_id)
    actions.merge(queries.tag_by_id(tag_id), into, actor=request.actor)
    return tagged(_tag(into))


@routes.delete("/tags/{tag_id}", Scope.ADMIN, Permission.SETTINGS)
def archive_tag(request: ApiRequest, tag_id: PathId) -> HttpResponse:
    """The tag is offered no more; tickets that carry it keep it, and whoever writes it brings it back."""
    actions.archive(queries.tag_by_id(tag_id), actor=request.actor)
    return nothing()


@routes.post("/tags/{tag_id}/restoration", Scope.ADMIN, Permission.SETTINGS, TagOut, status=200)
def restore_tag(request: ApiRequest, tag_id: PathId) -> HttpResponse:
    """Offer an archived tag again."""
    return tagged(_tag(actions.restore(queries.tag_by_id(tag_id), actor=request.actor)))


def _tag(row: Tag) -> TagOut:
    return TagOut(row.pk, row.name)

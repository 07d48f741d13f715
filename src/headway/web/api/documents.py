"""The API's own description: OpenAPI for programs, a page for people. Both are made from the endpoints."""

import copy
from functools import lru_cache
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET
from pydantic import TypeAdapter

from headway.web.api.door import door_of
from headway.web.api.problems import MEDIA_TYPE, Problem

ABOUT = (
    "Everything a person can do at the desk, for programs. Send a token: `Authorization: Bearer hw_…`. "
    "Errors are problems (RFC 9457) with a stable `code`. Lists come in pages: follow `next` or the Link header. "
    "Every write takes an Idempotency-Key and then happens once; If-Match with an ETag refuses a write that was "
    "decided on an older state."
)
READING = {"400", "401", "403", "404", "422", "429"}
WRITING = READING | {"409", "412", "413", "415"}
_TITLES = {
    "400": "The request could not be read",
    "401": "No token, or one that is not good",
    "403": "The scope or the role does not allow it",
    "404": "It does not exist, or you may not know that it does",
    "409": "It makes no sense in the present state, or an equal request is under way",
    "412": "It has changed since you read it",
    "413": "Too large",
    "415": "Not the media type this takes",
    "422": "Something sent does not fit",
    "429": "Too many requests",
}
_HEADERS = {
    "Idempotency-Key": "Any text of up to 200 characters, new for every new request. The same request again gets the "
    "stored answer for 24 hours.",
    "If-Match": "The ETag this change was decided on.",
}


@lru_cache(maxsize=1)
def document() -> dict[str, Any]:
    """The OpenAPI document, as plain data."""
    from headway.web.api.app import api

    made: dict[str, Any] = copy.deepcopy(dict(api.get_openapi_schema(path_prefix="/api/v1/")))
    made["info"] = {"title": "Headway API", "version": "1", "description": ABOUT}
    components = made.setdefault("components", {})
    components["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    schema = TypeAdapter(Problem).json_schema(ref_template="#/components/schemas/{model}")
    components["schemas"].update(schema.pop("$defs", {}))
    components["schemas"]["Problem"] = {**schema, "additionalProperties": True}
    components["responses"] = {
        f"Problem{code}": {
            "description": title,
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for code, title in _TITLES.items()
    }
    for path, method, operation in _operations():
        _complete(made["paths"][path][method], method, operation)
    made["servers"] = [{"url": "/"}]
    made["tags"] = [{"name": name} for name in _tags(made)]
    return msgspec.to_builtins(made)  # type: ignore[no-any-return]


def _operations() -> list[tuple[str, str, Any]]:
    """Every endpoint: its documented path, its method in lower case, and ninja's operation."""
    import re

    from headway.web.api.app import api

    found = []
    for bound in api._get_bound_routers():  # noqa: SLF001 (as ninja's own document does)
        for path, view in bound.path_operations.items():
            shown = "/api/v1" + re.sub(r"{[^}:]+:", "{", path)
            found += [
                (shown, method.lower(), operation) for operation in view.operations for method in operation.methods
            ]
    return found


def _complete(described: dict[str, Any], method: str, operation: Any) -> None:
    """What ninja cannot know: problems, scopes and permissions, headers, bodies that are files."""
    door = door_of(operation)
    described["security"] = [{"token": []}]
    described["x-scope"] = str(door.scope) if door.scope else None
    described["x-permission"] = str(door.permission) if door.permission else None
    for code in sorted(READING if method == "get" else WRITING):
        described["responses"][code] = {"$ref": f"#/components/responses/Problem{code}"}
    described["responses"] = {str(code): value for code, value in described["responses"].items()}
    if method != "get":
        described.setdefault("parameters", []).extend(
            {"in": "header", "name": name, "required": False, "schema": {"type": "string"}, "description": text}
            for name, text in _HEADERS.items()
        )
    if door.takes == "bytes":
        schema = {"type": "string", "format": "binary"}
        described["requestBody"] = {"required": True, "content": {"application/octet-stream": {"schema": schema}}}
    for response in described["responses"].values():
        content = response.get("content", {})
        if content.get("application/json", {}).get("schema", {}).get("format") == "binary":
            response["content"] = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}


def _tags(made: dict[str, Any]) -> list[str]:
    tags = [tag for path in made["paths"].values() for operation in path.values() for tag in operation.get("tags", [])]
    return list(dict.fromkeys(tags))


@require_GET
def openapi(_request: HttpRequest) -> HttpResponse:
    """GET /api/v1/openapi.json."""
    return HttpResponse(msgspec.json.encode(document()), content_type="application/json")


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """GET /api/v1/docs: the same for people, without a script or anything from elsewhere."""
    from headway.web.api.reference import endpoints

    return render(request, "api/docs.jinja", {"about": ABOUT, "nouns": endpoints()}, using="jinja2")

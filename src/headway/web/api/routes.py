"""How an endpoint is declared: its scope and permission are part of it, and every write happens once."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from ninja import Router

from headway.people.rules import Permission, Scope
from headway.web.api.door import ApiRequest, Door, Takes
from headway.web.api.once import once

_ID = re.compile(r"{(\w+_id)}")

View = Callable[..., HttpResponseBase]

_BODIES = ("body", "form", "file")


# One for each part of the document, so that the methods of one address meet in one place.
_routers: dict[str, Router] = {}


class Routes:
    """Endpoints of one part of the API, which may be declared in several files."""

    def __init__(self, part: str) -> None:
        self.router = _routers.setdefault(part, Router(tags=[part]))

    def get(
        self, path: str, scope: Scope | None, permission: Permission | None, returns: Any
    ) -> Callable[[View], View]:
        """A read."""
        return self._declare("GET", path, scope, permission, returns, 200, None)

    def post(
        self,
        path: str,
        scope: Scope | None,
        permission: Permission | None,
        returns: Any,
        *,
        status: int = 201,
        takes: Takes | None = None,
    ) -> Callable[[View], View]:
        """Something comes to be."""
        return self._declare("POST", path, scope, permission, returns, status, takes)

    def put(
        self,
        path: str,
        scope: Scope | None,
        permission: Permission | None,
        returns: Any,
        *,
        status: int = 200,
        takes: Takes | None = None,
    ) -> Callable[[View], View]:
        """Something is so from now on, however often it is said."""
        return self._declare("PUT", path, scope, permission, returns, status, takes)

    def patch(
        self, path: str, scope: Scope | None, permission: Permission | None, returns: Any
    ) -> Callable[[View], View]:
        """Some properties change."""
        return self._declare("PATCH", path, scope, permission, returns, 200, None)

    def delete(
        self, path: str, scope: Scope | None, permission: Permission | None, returns: Any = None, *, status: int = 204
    ) -> Callable[[View], View]:
        """Something ends."""
        return self._declare("DELETE", path, scope, permission, returns, status if returns is None else 200, None)

    def _declare(
        self,
        method: str,
        path: str,
        scope: Scope | None,
        permission: Permission | None,
        returns: Any,
        status: int,
        takes: Takes | None,
    ) -> Callable[[View], View]:
        def decorate(view: View) -> View:
            door = Door(scope, permission, takes or "nothing")
            run = view if method == "GET" else _writing(view)
            self.router.api_operation(
                [method],
                _ID.sub(r"{int:\1}", path),
                auth=door,
                response={status: returns},
                operation_id=view.__name__,
                summary=view.__name__.replace("_", " ").capitalize(),
            )(run)
            models = run._ninja_operation.signature.models  # type: ignore[attr-defined]  # noqa: SLF001
            sources = {model.__ninja_param_source__ for model in models}
            if takes is None and sources & set(_BODIES):
                door.takes = "json"
            door.parameters = frozenset(
                name
                for model in models
                if model.__ninja_param_source__ == "query"
                for name in model.__ninja_flatten_map__
            )
            return view

        return decorate


def _whole(response: HttpResponseBase) -> HttpResponse:
    # only reads stream
    assert isinstance(response, HttpResponse)
    return response


def _writing(view: View) -> View:
    @wraps(view)
    def write(request: ApiRequest, **arguments: Any) -> HttpResponse:
        return once(request, lambda: _whole(view(request, **arguments)))

    return write

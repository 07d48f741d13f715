"""Archiving and bringing back, alike for everything that is defined: nothing here is ever deleted."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase

from headway.people.rules import Permission
from headway.web.desk.door import DeskRequest, Open, desk
from headway.web.desk.notices import done

MOST_COUNTED = 10_000


def decided(
    page: str,
    find: Callable[[int], Any],
    verb: Callable[..., object],
    say: Callable[[], str],
    permission: Permission = Permission.SETTINGS,
) -> Open[...]:
    """A view whose POST does something to one row, and goes to the page of all. `say` may name it as %(name)s."""

    @desk(permission)
    def view(request: DeskRequest, /, **ids: int) -> HttpResponseBase:
        row = find(next(iter(ids.values())))
        return _do(request, page, row, verb, say())

    return view


def _do(request: DeskRequest, page: str, row: Any, verb: Callable[..., object], said: str) -> HttpResponse:
    return done(request, page, lambda: verb(row, actor=request.user.actor), said % {"name": str(row)})

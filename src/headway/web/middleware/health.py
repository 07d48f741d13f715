"""`/health/live` and `/health/ready`, for supervisors and load balancers, whatever host they ask for."""

from collections.abc import Callable

from django.db import Error, connection
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

PLACE = "/health/"


class HealthMiddleware:
    """In front of everything: it works when hosts, sessions or the database do not."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.migrated = False

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """`live`: this process answers. `ready`: it can also work; otherwise 503 and one sentence why."""
        if not request.path.startswith(PLACE):
            return self.get_response(request)
        if request.path == f"{PLACE}live":
            return _said("live")
        if request.path == f"{PLACE}ready":
            trouble = self._trouble()
            return _said(trouble, 503) if trouble else _said("ready")
        return _said("There is only /health/live and /health/ready.", 404)

    def _trouble(self) -> str:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
            behind = 0 if self.migrated else _steps_behind()
        except Error:
            return "the database does not answer"
        self.migrated = behind == 0
        return f"the database is {behind} steps behind this version: run headway migrate" if behind else ""


def _steps_behind() -> int:
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _said(text: str, status: int = 200) -> HttpResponse:
    response = HttpResponse(f"{text}\n", status=status, content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "no-store"
    return response

"""Structured logs: one line an event, for people or as JSON. Never a secret, never a customer's words."""

import logging
import re
import sys
from collections.abc import Iterator
from functools import lru_cache
from traceback import format_tb
from typing import Any

import structlog

from headway.foundation.errors import HeadwayError

_SECRET = ("password", "secret", "token", "authorization", "cookie", "key")
_HIDDEN = "[hidden]"
# the user and password of an address
_CREDENTIALS = re.compile(r"://[^/\s@]+@")
_LONGEST_MESSAGE = 300

# They speak once a job or a request at info, and their arguments are none of the log's business.
_NOISY = ("procrastinate", "granian.access", "uvicorn.access", "axes", "botocore", "urllib3", "asyncio", "django.db")


def configure(form: str, level: str, *, process: str) -> None:
    """Sends every log, ours and the libraries', to standard error in the form asked for (`text` or `json`)."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _tell_error,
        _hide_secrets,
    ]
    render: Any = (
        structlog.processors.JSONRenderer()
        if form == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), pad_event_to=0)
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[_hide_path, *shared],
            processors=[_named(process), structlog.stdlib.ProcessorFormatter.remove_processors_meta, render],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
    for name in _NOISY:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))
    # refusals stand in our own line of the request
    logging.getLogger("django.request").setLevel(logging.ERROR)


def _named(process: str) -> Any:
    def add(_logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
        event.setdefault("process", process)
        return event

    return add


def _hide_path(_logger: Any, _method: str, event: Any) -> Any:
    """Django names the path, in which an invitation's token may stand; our own line of the request names the route."""
    if event["_record"].name == "django.request":
        event["event"] = event["event"].partition(": ")[0]
    return event


def _tell_error(_logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    """The traceback without local variables, and of a message that is not ours its first line only.

    The lines below it are where PostgreSQL quotes the row that it refused.
    """
    given = event.pop("exc_info", None)
    error = given if isinstance(given, BaseException) else given[1] if isinstance(given, tuple) else None
    if given is True:
        error = sys.exc_info()[1]
    if error is not None:
        event["exception"] = "\n".join(_told(error, set()))
    return event


def _told(error: BaseException, told: set[int]) -> Iterator[str]:
    told.add(id(error))
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None and id(before) not in told:
        yield from _told(before, told)
        yield "which led to:"
    if error.__traceback__ is not None:
        yield "Traceback (most recent call last):"
        yield "".join(format_tb(error.__traceback__)).rstrip()
    kind = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    said = error.message if isinstance(error, HeadwayError) else next(iter(str(error).splitlines()), "")
    yield f"{kind}: {said[:_LONGEST_MESSAGE]}" if said else kind


def _hide_secrets(_logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    return {name: value if name.startswith("_") else _cleared(name, value) for name, value in event.items()}


def _cleared(name: str, value: Any) -> Any:
    if _is_secret(name):
        return _HIDDEN
    if isinstance(value, str):
        return _CREDENTIALS.sub(f"://{_HIDDEN}@", value) if "://" in value else value
    if isinstance(value, dict):
        return {key: _cleared(str(key), each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_cleared("", each) for each in value]
    return value


@lru_cache(maxsize=1024)
def _is_secret(name: str) -> bool:
    return any(word in name.lower() for word in _SECRET)

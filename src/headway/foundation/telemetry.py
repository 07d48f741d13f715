"""Traces of requests, jobs and followers, for an OpenTelemetry collector where HEADWAY_OTLP_ENDPOINT names one.

Off by default, and then nothing of it is imported. Attributes carry routes, statuses, names of jobs and ids, never what
somebody wrote or who it was; an error is told by its kind only.
"""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.trace import Tracer

Value = str | int | bool

# A process that ends waits so long for a collector that does not answer.
_PATIENCE = 3.0  # seconds


class Span(Protocol):
    """What is measured. `note` adds an attribute, `rename` gives it the name that is known only at its end."""

    def note(self, name: str, value: Value | None) -> None: ...

    def rename(self, name: str) -> None: ...


class _NoSpan:
    def note(self, name: str, value: Value | None) -> None:
        pass

    def rename(self, name: str) -> None:
        pass


_off: AbstractContextManager[Span] = nullcontext(_NoSpan())
_endpoint = ""
_service = "headway"
_provider: "TracerProvider | None" = None
_tracer: "Tracer | None" = None
_starting = threading.Lock()


def configure(endpoint: str, *, process: str) -> None:
    """Says where traces go ("": nowhere) and for which process. Nothing is started before the first span."""
    global _endpoint, _service
    _endpoint, _service = endpoint, f"headway-{process}"


def span(name: str, attributes: Mapping[str, Value | None] | None = None) -> AbstractContextManager[Span]:
    """Measures the block. An error that leaves it is noted by its kind."""
    return _measured(name, attributes or {}, server=False) if _endpoint else _off


Request = TypeVar("Request")


def traced(get_response: Callable[[Request], Any]) -> Callable[[Request], Any]:
    """Django's `get_response` with a span around it, named by the route. Off: the very same function."""
    if not _endpoint:
        return get_response

    def answer(request: Any) -> Any:
        with _measured(request.method, {"http.request.method": request.method}, server=True) as measured:
            response = get_response(request)
            match = getattr(request, "resolver_match", None)
            if match is not None:
                measured.rename(f"{request.method} /{match.route}")
                measured.note("http.route", f"/{match.route}")
            measured.note("http.response.status_code", response.status_code)
            return response

    return answer


def flush() -> None:
    """Sends what waits to be sent, for processes and tests that end."""
    if _provider is not None:
        _provider.force_flush()


@contextmanager
def _measured(name: str, attributes: Mapping[str, Value | None], *, server: bool) -> Iterator[Span]:
    from opentelemetry.trace import SpanKind, Status, StatusCode

    kept = {key: value for key, value in attributes.items() if value is not None}
    kind = SpanKind.SERVER if server else SpanKind.INTERNAL
    started = _started().start_as_current_span(
        # the library would note the message and the traceback, which may quote a customer
        name,
        kind=kind,
        attributes=kept,
        record_exception=False,
        set_status_on_exception=False,
    )
    with started as current:
        try:
            yield _Measured(current)
        except Exception as error:
            current.set_attribute("error.type", type(error).__name__)
            current.set_status(Status(StatusCode.ERROR))
            raise


class _Measured:
    def __init__(self, current: Any) -> None:
        self._current = current

    def note(self, name: str, value: Value | None) -> None:
        if value is not None:
            self._current.set_attribute(name, value)

    def rename(self, name: str) -> None:
        self._current.update_name(name)


def _started() -> "Tracer":
    """The tracer, made at the first span: a process that forks before has no thread to lose."""
    global _provider, _tracer
    with _starting:
        if _tracer is None:
            from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
            from opentelemetry.sdk.resources import Resource
            from opentelemetry.sdk.trace import TracerProvider
            from opentelemetry.sdk.trace.export import BatchSpanProcessor

            address = _endpoint.rstrip("/")
            if not address.endswith("/v1/traces"):
                address += "/v1/traces"
            _provider = TracerProvider(resource=Resource.create({"service.name": _service}))
            exporter = OTLPSpanExporter(endpoint=address, timeout=_PATIENCE)
            _provider.add_span_processor(BatchSpanProcessor(exporter))
            _tracer = _provider.get_tracer("headway")
        return _tracer

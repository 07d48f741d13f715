"""Traces: off and not even imported unless asked for; what is sent names routes, jobs and ids, and nobody."""

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connections, transaction
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from headway.events import followers, journal
from headway.events.actor import Actor
from headway.events.event import Event, Recorded
from headway.events.vocabulary.tickets import SubjectChanged
from headway.foundation import telemetry
from headway.foundation.jobs import job

ALLOWED = {
    "http.request.method",
    "http.route",
    "http.response.status_code",
    "error.type",
    "headway.job",
    "headway.job_id",
    "headway.attempt",
    "headway.event",
    "headway.event_id",
    "headway.ticket_id",
    "headway.follower",
}


class Collector:
    """An OpenTelemetry collector on the loopback, and what it was sent."""

    def __init__(self) -> None:
        self.requests: list[ExportTraceServiceRequest] = []
        self.paths: list[str] = []
        collector = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if self.headers.get("Content-Encoding") == "gzip":
                    import gzip

                    body = gzip.decompress(body)
                collector.requests.append(ExportTraceServiceRequest.FromString(body))
                collector.paths.append(self.path)
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def spans(self) -> dict[str, dict[str, Any]]:
        """Attributes by the span's name."""
        telemetry.flush()
        return {
            span.name: {each.key: each.value.int_value or each.value.string_value for each in span.attributes}
            for request in self.requests
            for resource in request.resource_spans
            for scope in resource.scope_spans
            for span in scope.spans
        }


@pytest.fixture
def collector(monkeypatch: pytest.MonkeyPatch) -> Iterator[Collector]:
    """Traces are made from now on and go here."""
    found = Collector()
    for name in ("_endpoint", "_service", "_tracer", "_provider"):
        monkeypatch.setattr(telemetry, name, getattr(telemetry, name))
    telemetry.configure(found.address, process="worker")
    yield found
    if telemetry._provider is not None:
        telemetry._provider.shutdown()
    found.server.shutdown()
    found.server.server_close()


@job("test.fails_quietly", attempts=1)
def fails_quietly() -> None:
    raise ValueError("Dana wrote something")


def watch(_recorded: Recorded[Event]) -> None:
    """Follows."""


def test_off_it_costs_no_import_as_do_engines_and_models_nobody_asked_for() -> None:
    script = (
        "import sys, django; django.setup()\n"
        "from headway.config import urls\n"
        "from headway.foundation import telemetry\n"
        "with telemetry.span('x', {'a': 1}) as span: span.note('b', 2); span.rename('y')\n"
        "assert telemetry.traced(len) is len\n"
        "telemetry.flush()\n"
        "dear = ('opentelemetry', 'duckdb', 'numpy', 'sklearn', 'onnxruntime', 'pyspark')\n"
        "print([name for name in sys.modules if name.startswith(dear)])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.stdout, done.returncode) == ("[]\n", 0), done.stderr


def test_a_request_is_named_by_its_route(collector: Collector) -> None:
    request = SimpleNamespace(method="POST", path="/join/s3cret?who=dana", resolver_match=None)

    def answer(asked: Any) -> Any:
        asked.resolver_match = SimpleNamespace(route="join/<str:token>")
        return SimpleNamespace(status_code=303)

    assert telemetry.traced(answer)(request).status_code == 303
    assert collector.spans() == {
        "POST /join/<str:token>": {
            "http.request.method": "POST",
            "http.route": "/join/<str:token>",
            "http.response.status_code": 303,
        }
    }
    assert collector.paths == ["/v1/traces"]
    [service] = [
        each.value.string_value
        for each in collector.requests[0].resource_spans[0].resource.attributes
        if each.key == "service.name"
    ]
    assert service == "headway-worker"


def test_a_request_that_nobody_routes_is_a_span_too(collector: Collector) -> None:
    request = SimpleNamespace(method="GET", resolver_match=None)
    telemetry.traced(lambda _request: SimpleNamespace(status_code=404))(request)
    assert collector.spans()["GET"]["http.response.status_code"] == 404


def test_jobs_and_followers_are_measured_and_nobody_is_named(
    collector: Collector, committed_db: str, run_jobs: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(followers, "_followers", {})
    followers.register([(SubjectChanged, watch)])
    with transaction.atomic():
        event_id = journal.record(SubjectChanged(ticket_id=7), actor=Actor.system())
    fails_quietly.defer()
    run_jobs()
    connections.close_all()
    spans = collector.spans()
    assert {"job events.follow", "job test.fails_quietly"} < set(spans)
    [follower] = [attributes for name, attributes in spans.items() if name.startswith("follower ")]
    assert (follower["headway.event_id"], follower["headway.ticket_id"]) == (event_id, 7)
    assert spans["job test.fails_quietly"]["error.type"] == "ValueError"
    assert {key for attributes in spans.values() for key in attributes} <= ALLOWED
    assert all(b"Dana" not in request.SerializeToString() for request in collector.requests)


def test_a_collector_that_is_away_stops_nobody(collector: Collector, caplog: pytest.LogCaptureFixture) -> None:
    telemetry.configure("http://127.0.0.1:9/v1/traces", process="web")
    with telemetry.span("work"):
        done = True
    assert done
    with pytest.raises(ValueError, match="as before"), telemetry.span("work"):
        raise ValueError("as before")

"""A program that speaks to the API as one would over the network, through the whole web stack."""

import json
from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from headway.people.actions import tokens
from headway.people.models import Agent
from headway.people.rules import SCOPE_NEEDS, Scope

EVERYTHING = [str(scope) for scope in Scope]


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    content: bytes
    body: Any = field(init=False)

    def __post_init__(self) -> None:
        self.body = json.loads(self.content) if "json" in self.headers.get("content-type", "") else None

    @property
    def code(self) -> str:
        """The problem's stable code."""
        assert self.headers["content-type"] == "application/problem+json"
        return str(self.body["code"])


class Program:
    """Speaks as a person, with a token of the given scopes: by default all that the person's role has a use for."""

    def __init__(
        self, owner: Agent | None = None, scopes: list[str] | None = None, *, secret: str | None = None
    ) -> None:
        if owner is not None:
            wanted = scopes or [str(scope) for scope in Scope if owner.may(SCOPE_NEEDS[scope])]
            self.token, secret = tokens.issue(owner, "test", wanted, actor=owner.actor)
        self.secret = secret
        self.client = Client(raise_request_exception=False)

    def ask(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        raw: bytes | None = None,
        content_type: str = "application/json",
        **headers: str,
    ) -> Answer:
        """One request under /api/v1. Header names are written with underscores."""
        data = raw if raw is not None else json.dumps(body).encode() if body is not None else b""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.secret is not None:
            sent.setdefault("Authorization", f"Bearer {self.secret}")
        response = self.client.generic(method, f"/api/v1{path}", data, content_type, headers=sent)
        content = b"".join(response.streaming_content) if response.streaming else response.content
        return Answer(response.status_code, {name.lower(): value for name, value in response.headers.items()}, content)

    def get(self, path: str, **headers: str) -> Answer:
        """Reads."""
        return self.ask("GET", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Answer:
        """Adds."""
        return self.ask("POST", path, body, **headers)

    def put(self, path: str, body: Any = None, **headers: str) -> Answer:
        """Sets."""
        return self.ask("PUT", path, body, **headers)

    def patch(self, path: str, body: Any, **headers: str) -> Answer:
        """Changes."""
        return self.ask("PATCH", path, body, **headers)

    def delete(self, path: str, **headers: str) -> Answer:
        """Ends."""
        return self.ask("DELETE", path, **headers)

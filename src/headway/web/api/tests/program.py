"""A program that speaks to the API as one would over the network, through the whole web stack."""

import json
from collections.abc import Mapping
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
        headers: Mapping[str, str] | None = None,
        key: str | None = None,
        match: str | None = None,
    ) -> Answer:
        """One request under /api/v1. `key` is its Idempotency-Key, `match` its If-Match."""
        data = raw if raw is not None else json.dumps(body).encode() if body is not None else b""
        sent = {"Authorization": f"Bearer {self.secret}"} if self.secret is not None else {}
        if key is not None:
            sent["Idempotency-Key"] = key
        if match is not None:
            sent["If-Match"] = match
        response = self.client.generic(
            method, f"/api/v1{path}", data, content_type, headers={**sent, **(headers or {})}
        )
        found = {name.lower(): value for name, value in response.headers.items()}
        return Answer(response.status_code, found, response.getvalue())

    def get(self, path: str, **more: Any) -> Answer:
        """Reads."""
        return self.ask("GET", path, **more)

    def post(self, path: str, body: Any = None, **more: Any) -> Answer:
        """Adds."""
        return self.ask("POST", path, body, **more)

    def put(self, path: str, body: Any = None, **more: Any) -> Answer:
        """Sets."""
        return self.ask("PUT", path, body, **more)

    def patch(self, path: str, body: Any, **more: Any) -> Answer:
        """Changes."""
        return self.ask("PATCH", path, body, **more)

    def delete(self, path: str, **more: Any) -> Answer:
        """Ends."""
        return self.ask("DELETE", path, **more)

"""A provider of OAuth 2 on loopback: codes bound to a challenge, refresh tokens that rotate, the worth of a token."""

import base64
import hashlib
import json
import secrets
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass
class Authority:
    """What the provider knows. `failing`: a status with which every request for tokens is answered."""

    client_id: str = "client"
    client_secret: str = "kept"
    seconds: int = 3600
    rotates: bool = True
    lasting: bool = True  # it gives refresh tokens
    delay: float = 0.0
    failing: int = 0
    requests: list[dict[str, str]] = field(default_factory=list)
    codes: dict[str, tuple[str, str, str]] = field(default_factory=dict)  # code -> user, challenge, return address
    refresh: dict[str, str] = field(default_factory=dict)  # valid refresh token -> user
    access: dict[str, str] = field(default_factory=dict)  # valid access token -> user
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def consent(self, address: str, user: str) -> tuple[str, str]:
        """The owner says yes at the address the browser was sent to; returns the `state` and `code` it comes back with.

        Fails when the request is not one a provider takes.
        """
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        assert asked["client_id"] == self.client_id
        assert len(asked["state"]) >= 32
        code = secrets.token_urlsafe(16)
        self.codes[code] = (user, asked["code_challenge"], asked["redirect_uri"])
        return asked["state"], code

    def token(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """The answer of the token endpoint."""
        time.sleep(self.delay)
        with self._lock:
            self.requests.append(form)
            if self.failing:
                return self.failing, {"error": "temporarily_unavailable"}
            if (form.get("client_id"), form.get("client_secret")) != (self.client_id, self.client_secret):
                return 401, {"error": "invalid_client"}
            user = self._user(form)
            if user is None:
                return 400, {"error": "invalid_grant"}
            given = {"access_token": secrets.token_urlsafe(16), "expires_in": self.seconds, "token_type": "Bearer"}
            self.access[str(given["access_token"])] = user
            if self.lasting and (self.rotates or form["grant_type"] == "authorization_code"):
                given["refresh_token"] = secrets.token_urlsafe(16)
                self.refresh[str(given["refresh_token"])] = user
            return 200, given

    def worth(self, token: str) -> dict[str, Any]:
        """Whose a token is (RFC 7662)."""
        user = self.access.get(token)
        return {"active": True, "username": user} if user else {"active": False}

    def _user(self, form: dict[str, str]) -> str | None:
        if form["grant_type"] == "refresh_token":
            known = self.refresh.get(form["refresh_token"])
            if self.rotates:
                self.refresh.pop(form["refresh_token"], None)
            return known
        user, challenge, address = self.codes.pop(form["code"], ("", "", ""))
        digest = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest())
        proved = digest.rstrip(b"=").decode() == challenge and form["redirect_uri"] == address
        return user if user and proved else None


class Provider:
    """The authority with a web server before it."""

    def __init__(self) -> None:
        self.authority = Authority()
        authority = self.authority

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                form = {name: values[0] for name, values in parse_qs(body).items()}
                if self.path == "/introspect":
                    status, said = 200, authority.worth(form.get("token", ""))
                else:
                    status, said = authority.token(form)
                answer = json.dumps(said).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))
        self._thread.start()

    def close(self) -> None:
        """Ends the web server."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

"""Programs that write to the API and do not give up: each request keeps its key until it is answered."""

import http.client
import json
import random
import threading
import time
from dataclasses import dataclass
from typing import Any

_GIVE_UP = 120.0  # seconds after which an unanswered request is a failure of its own


@dataclass(frozen=True)
class Acknowledged:
    """What was asked and answered: the text's mark, the noun (ticket, reply, note, message) and the ids."""

    mark: str
    noun: str
    ticket_id: int
    row_id: int


class Client(threading.Thread):
    """Begins tickets and writes on its own ones, as its seed has it, until `pause`."""

    def __init__(self, number: int, seed: int, port: int, token: str, customers: list[int]) -> None:
        super().__init__(name=f"client {number}", daemon=True)
        self.acknowledged: list[Acknowledged] = []
        self.failure = ""
        self.repeated = 0  # requests that had to be sent again
        self._number = number
        self._chance = random.Random(f"{seed}/{number}")
        self._port, self._token, self._customers = port, token, customers
        self._tickets: list[int] = []
        self._count = 0
        self._working, self._idle = threading.Event(), threading.Event()
        self._working.set()
        self._ended = False

    def run(self) -> None:
        try:
            while not self._ended:
                if self._working.is_set():
                    self._idle.clear()
                    self._step()
                else:
                    self._idle.set()
                    time.sleep(0.05)
        except AssertionError as failure:
            self.failure = str(failure)
        finally:
            self._idle.set()

    def pause(self) -> None:
        """Returns when the request under way is answered."""
        self._working.clear()
        assert self._idle.wait(_GIVE_UP + 30), f"{self.name} got no answer"
        assert not self.failure, self.failure

    def resume(self) -> None:
        self._idle.clear()
        self._working.set()

    def end(self) -> None:
        self._ended = True

    def _step(self) -> None:
        self._count += 1
        mark = f"mark-{self._number}-{self._count}"
        noun = self._chance.choice(["reply", "reply", "note", "message"]) if self._tickets else "ticket"
        if self._chance.random() < 0.2:
            noun = "ticket"
        if noun == "ticket":
            customer = self._chance.choice(self._customers)
            body = {"text": f"My card was declined. {mark}", "subject": mark, "customer_id": customer}
            said = self._post("/tickets", mark, body)
            self._tickets.append(said["id"])
            self.acknowledged.append(Acknowledged(mark, noun, said["id"], said["id"]))
            return
        ticket = self._chance.choice(self._tickets)
        path = {"reply": "replies", "note": "notes", "message": "messages"}[noun]
        said = self._post(f"/tickets/{ticket}/{path}", mark, {"text": f"And another thing. {mark}"})
        self.acknowledged.append(Acknowledged(mark, noun, said["ticket_id"], said["id"]))

    def _post(self, path: str, key: str, body: dict[str, Any]) -> dict[str, Any]:
        deadline = time.monotonic() + _GIVE_UP
        while True:
            status, said = self._try(path, key, body)
            if status == 201:
                return dict(json.loads(said))
            # 409: the first sending of this key is still under way; 5xx and none: whoever served it was killed
            assert status == 0 or status == 409 or status >= 500, f"{path} was refused: {status} {said!r}"
            assert time.monotonic() < deadline, f"{path} was never answered: {status} {said!r}"
            self.repeated += 1
            time.sleep(self._chance.uniform(0.05, 0.3))

    def _try(self, path: str, key: str, body: dict[str, Any]) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=30)
        headers = {
            "Authorization": f"Bearer {self._token}",
            "Content-Type": "application/json",
            "Idempotency-Key": key,
        }
        try:
            connection.request("POST", f"/api/v1{path}", json.dumps(body), headers)
            answer = connection.getresponse()
            return answer.status, answer.read()
        except (OSError, http.client.HTTPException):
            return 0, b""
        finally:
            connection.close()

"""What is to run, in which order, and how one sees that it serves."""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Self

from headway.foundation import environment
from headway.intake.email.listener import place


@dataclass(frozen=True)
class Part:
    """One process. `address` (host, port) is where it must answer HTTP before it counts as ready.

    One that `gives_way` starts when the others are ready: nobody waits for it to see the first page.
    """

    name: str
    command: tuple[str, ...]
    address: tuple[str, int] | None = None
    gives_way: bool = False

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Self:
        address = data["address"]
        place = (address[0], address[1]) if address else None
        return cls(data["name"], tuple(data["command"]), place, data["gives_way"])


@dataclass(frozen=True)
class Plan:
    """One machine's processes: `before` run to their end, in order; then `parts` start and stay.

    `welcome` is printed when every part serves, and then what the command `greeting` prints, if anything.
    """

    before: tuple[Part, ...]
    parts: tuple[Part, ...]
    welcome: str = ""
    greeting: tuple[str, ...] = ()

    def to_json(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Self:
        data = json.loads(text)
        return cls(
            before=tuple(Part.from_dict(part) for part in data["before"]),
            parts=tuple(Part.from_dict(part) for part in data["parts"]),
            welcome=data["welcome"],
            greeting=tuple(data["greeting"]),
        )


def standard(env: environment.Environment, *, before: Sequence[Sequence[str]] = (), welcome: str = "") -> Plan:
    """The whole product on this machine. `before` are headway commands that run once there are tables: filling it.

    Raises Invalid when mail servers shall hand in mails at a place that is none.
    """
    if env.mail_listen:
        place.parse(env.mail_listen)
    # the tables of our own server are ours to change; those of a server that others may use are not
    first = "check" if env.database_url else "migrate"
    # listening on every interface, it is asked on this machine's own
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(env.host, env.host)  # noqa: S104
    return Plan(
        before=(
            Part(first, _serving(first)),
            *(Part(command[0], (sys.executable, "-m", "headway", *command)) for command in before),
        ),
        parts=(
            Part("web", _serving("web"), (host, env.port)),
            Part("live", _serving("live"), (host, env.live_port or env.port + 1)),
            Part("worker", _serving("worker"), gives_way=True),
            *([Part("listen", _serving("listen"), gives_way=True)] if env.mail_listen else []),
        ),
        welcome=welcome,
        # the demo has its own people, and names them
        greeting=() if welcome else _serving("newcomer"),
    )


def _serving(name: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "headway.ops.serving", name)

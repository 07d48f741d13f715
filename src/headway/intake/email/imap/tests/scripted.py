"""A mail server on loopback that says what it is told to say, for what no honest server does."""

import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

# What is answered to a command, with its tag: lines, or None to hang up.
Answer = Callable[[str], bytes | None]

MAIL = b"Message-ID: <m1@example.com>\r\nFrom: dana@example.com\r\nSubject: a\r\n\r\nHello\r\n"


def usual(**changes: Answer) -> dict[str, Answer]:
    """The answers of a server that has one mail, by command."""
    answers: dict[str, Answer] = {
        "capability": lambda tag: f"* CAPABILITY IMAP4rev1\r\n{tag} OK .\r\n".encode(),
        "login": lambda tag: f"{tag} OK .\r\n".encode(),
        "examine": lambda tag: (
            f"* 1 EXISTS\r\n* OK [UIDVALIDITY 5] .\r\n* OK [UIDNEXT 2] .\r\n{tag} OK [READ-ONLY] .\r\n".encode()
        ),
        "search": lambda tag: f"* SEARCH 1\r\n{tag} OK .\r\n".encode(),
        "facts": lambda tag: (
            f'* 1 FETCH (UID 1 RFC822.SIZE {len(MAIL)} INTERNALDATE "17-Jul-2096 02:44:25 -0700")\r\n{tag} OK .\r\n'
        ).encode(),
        "since": lambda tag: (
            f'* 1 FETCH (UID 1 INTERNALDATE "17-Jul-2096 02:44:25 -0700")\r\n{tag} OK .\r\n'
        ).encode(),
        "mail": lambda tag: (
            f"* 1 FETCH (UID 1 BODY[] {{{len(MAIL)}}}\r\n".encode() + MAIL + f")\r\n{tag} OK .\r\n".encode()
        ),
        "header": lambda tag: f"* 1 FETCH (UID 1 BODY[HEADER] NIL)\r\n{tag} OK .\r\n".encode(),
        "logout": lambda tag: f"* BYE .\r\n{tag} OK .\r\n".encode(),
        "status": lambda tag: f"* STATUS INBOX (UIDNEXT 2)\r\n{tag} OK .\r\n".encode(),
    }
    return answers | changes


def command_of(line: str) -> str:
    """The name under which the answer to a command stands."""
    if "BODY.PEEK[HEADER]" in line:
        return "header"
    if "BODY.PEEK[]" in line:
        return "mail"
    if "RFC822.SIZE" in line:
        return "facts"
    if "FETCH" in line:
        return "since"
    match = re.search(r"^\S+ (?:UID )?(\w+)", line)
    return match[1].lower() if match else ""


@contextmanager
def serving(answers: dict[str, Answer], greeting: bytes = b"* OK ready\r\n") -> Iterator[int]:
    """The port of such a server; every connection is served until it hangs up."""
    server = socket.create_server(("127.0.0.1", 0))
    open_now: list[socket.socket] = [server]

    def serve(connection: socket.socket) -> None:
        with suppress(OSError), connection, connection.makefile("rb") as lines:
            connection.sendall(greeting)
            for line in lines:
                text = line.decode().strip()
                said = answers[command_of(text)](text.split(" ", 1)[0])
                if said is None:
                    connection.shutdown(socket.SHUT_RDWR)
                    return
                connection.sendall(said)

    def accept() -> None:
        with suppress(OSError):
            while True:
                connection, _ = server.accept()
                open_now.append(connection)
                threads.append(threading.Thread(target=serve, args=(connection,)))
                threads[-1].start()

    threads = [threading.Thread(target=accept)]
    threads[0].start()
    try:
        yield int(server.getsockname()[1])
    finally:
        for one in open_now:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()
        for thread in threads:
            thread.join()

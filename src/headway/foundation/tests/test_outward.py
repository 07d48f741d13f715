"""The one way out: judged addresses, one look-up, certificates for the name, bounds in size and time."""

import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from headway.foundation import outward
from headway.foundation.clock import now
from headway.foundation.outward import Refused, places

PUBLIC = ["1.1.1.1", "93.184.216.34", "2606:4700::1111", "::ffff:8.8.8.8", "2002:808:808::1", "64:ff9b::808:808"]
PRIVATE = [
    "10.0.0.5", "172.16.0.1", "172.31.255.255", "192.168.1.1",  # private
    "127.0.0.1", "127.1.2.3", "::1",  # this machine
    "169.254.1.1", "169.254.169.254", "fe80::1", "fe80::1%eth0",  # link-local, cloud metadata
    "fd00:ec2::254", "fc00::1", "fec0::1",  # unique local, site-local
    "::ffff:10.0.0.5", "::ffff:127.0.0.1", "::ffff:169.254.169.254",  # IPv4-mapped
    "::127.0.0.1", "::10.0.0.5",  # IPv4-compatible
    "2002:7f00:0001::1", "2002:0a00:0005::1", "2002:a9fe:a9fe::",  # 6to4
    "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1",  # NAT64
    "2001:0:4136:e378:8000:63bf:80ff:fffe",  # Teredo of 127.0.0.1
    "2001:0:4136:e378:8000:63bf:f5ff:fffa",  # Teredo of 10.0.0.5
    "224.0.0.1", "239.255.255.250", "ff02::1",  # multicast
    "0.0.0.0", "0.1.2.3", "::",  # unspecified
    "100.64.0.1", "100.100.100.200",  # carriers' own
    "192.0.2.1", "198.51.100.1", "203.0.113.1", "2001:db8::1", "198.18.0.1",  # for documents and tests
    "240.0.0.1", "255.255.255.255", "100::1",  # reserved, broadcast, discard
    "168.63.129.16",  # the agent of a hoster
]  # fmt: skip


@pytest.fixture
def public_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of our own network is let through."""
    monkeypatch.setenv("HEADWAY_INTERNAL_HOSTS", "")


def resolving(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> list[str]:
    """Every look-up gives the next of `answers`. Returns what was asked."""
    asked: list[str] = []
    left = iter(answers)

    def getaddrinfo(host: str, port: int, *_: Any, **__: Any) -> list[Any]:
        found = [host]
        if not host[:1].isdigit():
            asked.append(host)
            found = next(left)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in found]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return asked


@contextmanager
def serving(serve: Callable[[socket.socket], None], context: ssl.SSLContext | None = None) -> Iterator[int]:
    """A server on loopback, which speaks to everybody as `serve` does. Its port."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.1)
        over = threading.Event()

        def run() -> None:
            while not over.is_set():
                try:
                    connection, _address = listener.accept()
                except TimeoutError:
                    continue
                try:
                    with connection:
                        connection.settimeout(5)
                        if context is None:
                            serve(connection)
                            continue
                        with context.wrap_socket(connection, server_side=True) as wrapped:
                            serve(wrapped)
                except OSError:
                    continue

        thread = threading.Thread(target=run)
        thread.start()
        try:
            yield int(listener.getsockname()[1])
        finally:
            over.set()
            thread.join(10)


def says(*pieces: bytes, pause: float = 0.0) -> Callable[[socket.socket], None]:
    """Reads a request to its end, then says the pieces: closing on unread bytes would reset the connection."""

    def serve(connection: socket.socket) -> None:
        heard = b""
        while not _is_whole(heard):
            piece = connection.recv(65_536)
            if not piece:
                return
            heard += piece
        for piece in pieces:
            connection.sendall(piece)
            time.sleep(pause)

    return serve


def _is_whole(request: bytes) -> bool:
    head, ended, body = request.partition(b"\r\n\r\n")
    length = re.search(rb"(?i)content-length: *(\d+)", head)
    return bool(ended) and len(body) >= (int(length[1]) if length else 0)


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_may_be_connected_to(public_only: None, address: str) -> None:
    assert places.allowed(address)
    assert outward.find(address, 443).address == address


@pytest.mark.parametrize("address", PRIVATE)
def test_others_may_not(public_only: None, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    assert not places.allowed(address)
    resolving(monkeypatch, [address])
    with pytest.raises(Refused, match="private network"):
        outward.find("mail.example.com", 993)


@given(st.integers(0, 2**32 - 1))
def test_wrapping_an_address_changes_nothing(number: int) -> None:
    plain = ip_address(number)
    high, low = number >> 16, number & 0xFFFF
    turned = number ^ 0xFFFFFFFF
    for wrapped in (
        f"::ffff:{plain}",
        f"2002:{high:x}:{low:x}::1",
        f"64:ff9b::{high:x}:{low:x}",
        f"2001:0:1:1:0:0:{turned >> 16:x}:{turned & 0xFFFF:x}",
    ):
        assert places.is_public(ip_address(wrapped)) == places.is_public(plain), wrapped


@pytest.mark.parametrize(
    "host", ["localhost", "127.1", "0x7f.1", "2130706433", "0", "", ".", "[::1]", "a\x00b", "ü" * 99]
)
def test_other_spellings_of_this_machine_are_refused(public_only: None, host: str) -> None:
    with pytest.raises(Refused):
        outward.find(host, 25)


@pytest.mark.parametrize("port", [0, -1, 65536])
def test_what_is_no_port_is_refused(port: int) -> None:
    with pytest.raises(Refused):
        outward.find("1.1.1.1", port)


def test_one_private_address_among_several_spoils_them(public_only: None, monkeypatch: pytest.MonkeyPatch) -> None:
    resolving(monkeypatch, ["93.184.216.34", "10.0.0.5"])
    with pytest.raises(Refused, match=r"10\.0\.0\.5"):
        outward.find("mail.example.com", 993)


def test_a_name_is_resolved_once_and_what_was_judged_is_connected_to(
    public_only: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """DNS rebinding: the second look-up would lead inside."""
    asked = resolving(monkeypatch, ["93.184.216.34"], ["127.0.0.1"])
    tried: list[tuple[str, int]] = []

    def create_connection(address: tuple[str, int], timeout: float) -> socket.socket:
        tried.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", create_connection)
    with pytest.raises(ConnectionRefusedError):
        outward.request("GET", "https://rebinding.example/")
    assert tried == [("93.184.216.34", 443)]
    assert asked == ["rebinding.example"]


def test_the_next_judged_address_is_tried_when_one_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(says(b"HTTP/1.1 204 No Content\r\n\r\n")) as port:
        resolving(monkeypatch, ["127.0.0.2", "127.0.0.1"])
        monkeypatch.setenv("HEADWAY_INTERNAL_HOSTS", "double.example")
        assert outward.request("GET", f"http://double.example:{port}/").status == 204


@pytest.mark.parametrize(
    ("named", "host"),
    [
        ("mail.corp.example", "mail.corp.example"),
        ("Mail.Corp.Example.", "mail.corp.example"),
        ("mail.corp.example", "MAIL.corp.example."),
        ("10.0.0.0/8", "mail.corp.example"),
        ("10.0.0.5", "mail.corp.example"),
        ("10.0.0.5", "10.0.0.5"),
    ],
)
def test_hosts_of_our_own_are_let_through_when_they_are_named(
    monkeypatch: pytest.MonkeyPatch, named: str, host: str
) -> None:
    monkeypatch.setenv("HEADWAY_INTERNAL_HOSTS", named)
    resolving(monkeypatch, ["10.0.0.5"])
    assert outward.find(host, 993).address == "10.0.0.5"


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/",
        "ftp://example.com/",
        "file:///etc/passwd",
        "//example.com/",
        "https://",
        "https://user@example.com/",
        "https://user:pw@example.com/",
        "https://:pw@example.com/",
        "https://[::1/",
        "https://example.com:99999/",
        "https://example.com:x/",
        "",
    ],
)
def test_only_encrypted_addresses_without_a_login_are_asked(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    asked = resolving(monkeypatch)
    with pytest.raises(Refused):
        outward.request("GET", url)
    assert asked == []


@pytest.mark.parametrize(
    ("method", "path", "headers"),
    [
        ("GET", "/ü", {}),
        ("GET", "/a b", {}),
        ("GET", "/", {"A": "b\r\nC: d"}),
        ("GET", "/", {"A\r\nB": "c"}),
        ("GET\r\nA", "/", {}),
    ],
)
def test_nothing_is_smuggled_into_a_request(method: str, path: str, headers: dict[str, str]) -> None:
    heard: list[bytes] = []
    with (
        serving(lambda connection: heard.append(connection.recv(1000))) as port,
        pytest.raises(OSError, match=r"asked|web"),
    ):
        outward.request(method, f"http://127.0.0.1:{port}{path}", headers=headers)
    assert heard in ([], [b""])


def test_an_answer_is_read_whole() -> None:
    answer = b"HTTP/1.1 200 OK\r\nX-One: 1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nHello\r\n1\r\n!\r\n0\r\n\r\n"
    with serving(says(*(bytes([one]) for one in answer))) as port:
        found = outward.request("POST", f"http://127.0.0.1:{port}/", body=b"x")
    assert (found.status, found.ok, found.body, found.headers["x-one"]) == (200, True, b"Hello!", "1")


@pytest.mark.parametrize("head", [b"HTTP/1.0 200 OK\r\n\r\n", b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"])
def test_an_answer_that_ends_with_its_connection_is_read_whole(head: bytes) -> None:
    with serving(says(head, b"Hel", b"lo", pause=0.05)) as port:
        assert outward.request("GET", f"http://127.0.0.1:{port}/").body == b"Hello"


def test_a_redirection_is_an_answer_and_is_not_followed() -> None:
    with serving(says(b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n")) as port:
        found = outward.request("GET", f"http://127.0.0.1:{port}/")
    assert (found.status, found.ok, found.headers["location"]) == (302, False, "http://127.0.0.1:1/")


@pytest.mark.parametrize(
    "head", [b"Content-Length: 5000\r\n\r\n", b"\r\n", b"Transfer-Encoding: chunked\r\n\r\n1388\r\n"]
)
def test_more_than_the_bound_is_not_read(head: bytes) -> None:
    with (
        serving(says(b"HTTP/1.1 200 OK\r\n" + head + b"x" * 5000)) as port,
        pytest.raises(OSError, match="more than 4"),
    ):
        outward.request("GET", f"http://127.0.0.1:{port}/", most_bytes=4_000)


def test_an_answer_that_breaks_off_is_no_answer() -> None:
    with (
        serving(says(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")) as port,
        pytest.raises(OSError, match="broke"),
    ):
        outward.request("GET", f"http://127.0.0.1:{port}/")


@pytest.mark.parametrize(
    "start",
    [
        b"",  # before the first line
        b"HTTP/1.1 200 OK\r\nX-Slow: ",  # in a header
        b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n",  # in the body
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nHello\r\n0\r\n",  # in a trailer
    ],
)
def test_a_server_that_drips_is_given_up_in_time(start: bytes) -> None:
    drops = [b"x"] * 40
    began = time.monotonic()
    with serving(says(start, *drops, pause=0.05)) as port, pytest.raises(TimeoutError):
        outward.request("GET", f"http://127.0.0.1:{port}/", timeout=0.4)
    # the whole drip lasts two seconds
    assert time.monotonic() - began < 20


def test_what_is_no_web_server_is_said_to_be_none() -> None:
    with serving(says(b"220 mail.example.com ESMTP\r\n")) as port, pytest.raises(OSError, match="web server"):
        outward.request("GET", f"http://127.0.0.1:{port}/")


@pytest.mark.parametrize(("certified", "good"), [("localhost", True), ("other.example", False)])
def test_the_certificate_must_be_the_hosts(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, certified: str, good: bool
) -> None:
    path = _certificate(tmp_path, certified)
    server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server.load_cert_chain(path)
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    outward.encryption.cache_clear()
    try:
        with serving(says(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"), server) as port:
            if good:
                assert outward.request("GET", f"https://localhost:{port}/").body == b"ok"
            else:
                with pytest.raises(ssl.SSLCertVerificationError):
                    outward.request("GET", f"https://localhost:{port}/")
    finally:
        outward.encryption.cache_clear()


def test_a_certificate_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server.load_cert_chain(_certificate(tmp_path, "localhost"))
    with serving(says(b"HTTP/1.1 200 OK\r\n\r\n"), server) as port, pytest.raises(ssl.SSLCertVerificationError):
        outward.request("GET", f"https://localhost:{port}/")


def _certificate(folder: Path, name: str) -> Path:
    key = generate_private_key(65537, 2048)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
    made = made.serial_number(x509.random_serial_number())
    made = made.not_valid_before(now() - timedelta(days=1)).not_valid_after(now() + timedelta(days=1))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
    signed = made.sign(key, SHA256()).public_bytes(Encoding.PEM)
    path = folder / f"{name}.pem"
    path.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()) + signed)
    return path

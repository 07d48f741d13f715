"""What a file is said to be, and what a browser may show of it."""

import pytest

from headway.foundation.media import kind_of, shown_type

PNG = b"\x89PNG\r\n\x1a\n"


@pytest.mark.parametrize(
    ("media_type", "name", "kind"),
    [
        ("image/png", "a.png", "image"), ("image/png", "a.html", "image"),
        ("application/octet-stream", "a.PNG", "image"),
        ("text/html", "a.png", "page"), ("image/svg+xml", "a.png", "drawing"), ("text/plain", "a.svg", "drawing"),
        ("text/plain", "a.html", "page"), ("image/heic", "a", "picture"), ("image/tiff", "a.jpg", "image"),
        ("text/plain", "a.csv", "table"), ("text/plain", "notes", "text"), ("", "a", "file"), ("", "", "file"),
        ("application/pdf", "", "pdf"), ("application/x-unknown", "a.docx", "document"), ("x/y", "a.b", "file"),
    ],
)  # fmt: skip
def test_kinds(media_type: str, name: str, kind: str) -> None:
    assert kind_of(media_type, name) == kind


@pytest.mark.parametrize(
    ("media_type", "name", "first", "shown"),
    [
        ("image/png", "a.png", PNG, "image/png"), ("image/jpeg", "a.jpg", PNG, "image/png"),
        ("image/png", "a.png", b"<script>", ""), ("image/svg+xml", "a.svg", b"<svg", ""),
        ("text/html", "a", b"<p>", ""),
        ("application/pdf", "a.pdf", b"%PDF-1.4", "application/pdf"), ("application/pdf", "a.pdf", b"<html>", ""),
        ("audio/mpeg", "a.mp3", b"<html>", "audio/mpeg"), ("application/octet-stream", "a.mp4", b"", "video/mp4"),
        ("text/plain", "a.txt", b"Hello", ""), ("image/gif", "a", b"GIF89a", "image/gif"),
        ("image/webp", "a", b"RIFF\0\0\0\0WEBPVP8 ", "image/webp"),
        ("image/jpeg", "a", b"\xff\xd8\xff\xe0", "image/jpeg"),
    ],
)  # fmt: skip
def test_what_is_shown(media_type: str, name: str, first: bytes, shown: str) -> None:
    assert shown_type(kind_of(media_type, name), media_type, name, first) == shown

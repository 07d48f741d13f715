"""Pages travel compressed, and nothing else does."""

import gzip

from django.test import Client

from headway.people.models import Agent

TAKES = {"Accept-Encoding": "gzip"}


def test_a_page_travels_compressed(client: Client, sam: Agent) -> None:
    client.force_login(sam)
    plain = client.get("/desk/views/all")
    packed = client.get("/desk/views/all", headers=TAKES)
    assert packed["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed["Vary"]
    assert len(packed.content) < len(plain.content) / 2
    assert b"<main" in gzip.decompress(packed.content)
    assert "Content-Encoding" not in plain


def test_programs_get_their_answers_as_they_are(client: Client, db: None) -> None:
    answer = client.get("/api/v1/openapi.json", headers=TAKES)
    assert answer.status_code == 200
    assert "Content-Encoding" not in answer

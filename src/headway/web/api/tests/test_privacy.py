"""Archives, erasures, holds and retention through the API."""

import pytest

from headway.people.models import Agent
from headway.privacy.tasks import erase, export
from headway.privacy.tests.conftest import Life, life
from headway.web.api.tests.program import Program

pytestmark = pytest.mark.usefixtures("database")
__all__ = ["life"]


def test_from_the_archive_to_the_erasure(life: Life, ada: Agent) -> None:
    program, octavia = Program(ada), life.octavia.pk
    asked = program.post("/exports", {"customer_id": octavia})
    assert (asked.status, asked.body["state"]) == (201, "running")
    export(asked.body["id"])
    assert program.get(f"/exports/{asked.body['id']}").body["state"] == "ready"
    assert program.get("/exports").body["items"][0]["customer_id"] == octavia
    assert program.get(f"/exports/{asked.body['id']}/archive").content.startswith(b"PK")
    seen = program.get(f"/customers/{octavia}/erasure-preview").body
    assert (seen["whole"], seen["shared"]) == (1, 2)
    hold = program.post("/holds", {"customer_id": octavia, "reason": "Tax law"})
    assert [row["id"] for row in program.get("/holds").body["items"]] == [hold.body["id"]]
    wanted = {"customer_id": octavia, "confirm": "Octavia Quillfeather"}
    assert program.post("/erasures", wanted).code == "conflict"
    assert program.delete(f"/holds/{hold.body['id']}").status == 204
    assert program.post("/erasures", {**wanted, "confirm": "yes"}).status == 422
    begun = program.post("/erasures", wanted)
    path = f"/erasures/{begun.body['id']}"
    assert program.patch(path, {"state": "stopped"}).body["state"] == "stopped"
    assert program.patch(path, {"state": "running"}).body["state"] == "running"
    erase(begun.body["id"])
    assert (program.get(path).body["state"], program.get("/erasures").body["items"][0]["removed"]) == ("done", 1)
    assert program.get(f"/exports/{asked.body['id']}/archive").status == 404


def test_rules(ada: Agent) -> None:
    program = Program(ada)
    made = program.post("/retention-rules", {"name": "Old", "scope": "tickets", "days": 365})
    assert (made.status, made.body["enabled"]) == (201, False)
    path = f"/retention-rules/{made.body['id']}"
    assert program.get(f"{path}/dry-run").body["count"] == 0
    assert program.patch(path, {"enabled": True}).body["enabled"] is True
    assert program.get(f"{path}/runs").body["items"] == []
    assert program.post("/retention-rules", {"name": "Old", "scope": "tickets", "days": 3}).status == 422
    assert program.delete(path).status == 204
    assert program.get("/retention-rules").body["items"] == []

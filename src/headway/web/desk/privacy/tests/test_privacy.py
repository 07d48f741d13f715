"""Archives, holds, erasures and retention at the desk."""

from datetime import timedelta

from headway.people.models import Agent, Customer
from headway.privacy.models import Erasure, Export, Hold, Rule
from headway.privacy.queries.holds import today
from headway.privacy.tasks import erase, export
from headway.privacy.tests.conftest import Life
from headway.web.desk.tests.conftest import HTMX, At


def test_an_archive_is_asked_for_and_fetched(at_desk: At, life: Life, ada: Agent) -> None:
    client, here = at_desk(ada), f"/desk/customers/{life.octavia.pk}"
    client.post(f"{here}/exports")
    asked = Export.objects.get()
    assert 'hx-trigger="every 2s"' in client.get(f"{here}/privacy").content.decode()
    assert client.get(f"/desk/exports/{asked.pk}").status_code == 404
    export(asked.pk)
    assert f"/desk/exports/{asked.pk}" in client.get(f"{here}/privacy").content.decode()
    fetched = client.get(f"/desk/exports/{asked.pk}")
    assert b"".join(fetched).startswith(b"PK")
    assert "fetched 1 time" in client.get(f"{here}/privacy").content.decode()
    assert "Octavia Quillfeather" in client.get("/desk/privacy").content.decode()


def test_a_hold_says_why_and_blocks_the_erasure(at_desk: At, life: Life, ada: Agent) -> None:
    client, here = at_desk(ada), f"/desk/customers/{life.octavia.pk}"
    client.post(f"{here}/holds", {"reason": "", "until": ""})
    client.post(f"{here}/holds", {"reason": "Law", "until": "soon"})
    assert not Hold.objects.exists()
    client.post(f"{here}/holds", {"reason": "Tax law", "until": (today() + timedelta(days=3)).isoformat()})
    page = client.get(f"{here}/privacy").content.decode()
    assert "Tax law" in page
    assert "Erase this customer" not in page
    client.post(f"{here}/erasure", {"typed": "Octavia Quillfeather"})
    assert "A hold keeps this customer until" in client.get(f"{here}/privacy").content.decode()
    client.post(f"/desk/holds/{Hold.objects.get().pk}/lifting")
    assert "Erase this customer" in client.get(f"{here}/privacy").content.decode()


def test_an_erasure_is_confirmed_watched_stopped_and_resumed(at_desk: At, life: Life, ada: Agent) -> None:
    client, here = at_desk(ada), f"/desk/customers/{life.octavia.pk}"
    client.post(f"{here}/erasure", {"typed": "Octavia"})
    assert not Erasure.objects.exists()
    client.post(f"{here}/erasure", {"typed": "Octavia Quillfeather"})
    under_way = Erasure.objects.get()
    part = client.get(f"/desk/erasures/{under_way.pk}", headers=HTMX).content.decode()
    assert 'hx-trigger="every 1s"' in part
    assert "<html" not in part
    client.post(f"/desk/erasures/{under_way.pk}/interruption")
    erase(under_way.pk)
    assert "Stopped." in client.get(f"{here}/privacy").content.decode()
    client.post(f"/desk/erasures/{under_way.pk}/resumption")
    erase(under_way.pk)
    assert "Erased." in client.get(f"{here}/privacy").content.decode()
    assert "Erased customer" in client.get(here).content.decode()
    assert f'href="/desk/customers/{life.octavia.pk}"' not in client.get("/desk/customers").content.decode()


def test_a_ticket_is_held(at_desk: At, life: Life, ada: Agent) -> None:
    client = at_desk(ada)
    client.post("/desk/holds", {"ticket": f"#{life.own.pk}", "reason": "A lawsuit"})
    client.post("/desk/holds", {"ticket": "999999", "reason": "Nothing"})
    page = client.get("/desk/holds").content.decode()
    assert ("A lawsuit" in page, "There is no ticket" in page, Hold.objects.count()) == (True, True, 1)


def test_a_rule_is_made_off_looked_at_and_switched(at_desk: At, ada: Agent, dana: Customer) -> None:
    client = at_desk(ada)
    client.post("/desk/retention", {"name": "Old", "scope": "tickets", "days": "3", "category": "closed"})
    assert "Between 30 days" in client.get("/desk/retention").content.decode()
    client.post("/desk/retention", {"name": "Old", "scope": "tickets", "days": "365", "category": "closed"})
    rule = Rule.objects.get(enabled_at__isnull=True)
    assert "Now it would erase nothing." in client.get(f"/desk/retention/{rule.pk}", headers=HTMX).content.decode()
    client.post(f"/desk/retention/{rule.pk}", {"on": "1"})
    assert Rule.objects.filter(pk=rule.pk, enabled_at__isnull=False).exists()
    client.post(f"/desk/retention/{rule.pk}", {"archive": "1"})
    assert "Everything is kept" in client.get("/desk/retention").content.decode()

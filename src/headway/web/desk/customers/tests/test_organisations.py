"""Organisations: the list, one with its people and tickets, its domains."""

from headway.people.actions import customers, organisations
from headway.people.models import Agent, Customer, Organisation
from headway.web.desk.tests.conftest import HTMX, Ask, At


def test_made_found_and_changed(at_desk: At, sam: Agent) -> None:
    client = at_desk(sam)
    client.post("/desk/organisations", {"name": "Acme Ltd", "domains": "acme.example, acme.test"}, headers=HTMX)
    acme = Organisation.objects.get()
    assert {each.domain for each in acme.domains.all()} == {"acme.example", "acme.test"}
    organisations.create("Beta", actor=sam.actor)
    for words, inside in (("acme", True), ("ACME.TEST", True), ("beta", False)):
        page = client.get("/desk/organisations", {"q": words}).content.decode()
        assert (f'href="/desk/organisations/{acme.pk}"' in page) == inside, words
    client.post(
        f"/desk/organisations/{acme.pk}/details", {"name": "Acme", "notes": "Pays late.", "facts": "plan: Pro"},
        headers=HTMX,
    )  # fmt: skip
    acme.refresh_from_db()
    assert (acme.name, acme.notes, acme.facts) == ("Acme", "Pays late.", {"plan": "Pro"})
    for wrong in (
        {"name": ""},
        {"name": "Gamma", "domains": "gmail.com"},
        {"name": "Gamma", "domains": "acme.example"},
    ):
        assert client.post("/desk/organisations", wrong, headers=HTMX).status_code == 422, wrong
    assert not Organisation.objects.filter(name="Gamma").exists()


def test_its_people_and_tickets(at_desk: At, ask: Ask, sam: Agent, mia: Agent, dana: Customer) -> None:
    acme = organisations.create("Acme", actor=sam.actor)
    customers.edit(dana, actor=sam.actor, organisation=acme)
    dana.refresh_from_db()
    seen, hidden = ask(dana, "Seen", assignee=sam), ask(dana, "Hidden", assignee=mia)
    sam.sees = "teams"
    sam.save()
    page = at_desk(sam).get(f"/desk/organisations/{acme.pk}").content.decode()
    assert f"/desk/customers/{dana.pk}" in page
    assert f"/desk/tickets/{seen.pk}" in page
    assert f"/desk/tickets/{hidden.pk}" not in page


def test_domains_come_and_go(at_desk: At, sam: Agent, dana: Customer) -> None:
    acme = organisations.create("Acme", actor=sam.actor)
    client, here = at_desk(sam), f"/desk/organisations/{acme.pk}"
    client.post(f"{here}/domains", {"domain": "example.com"})
    dana.refresh_from_db()
    assert dana.organisation == acme
    client.post(f"{here}/domains", {"domain": "gmail.com"})
    assert "Anybody can have an address" in client.get(here).content.decode()
    client.post(f"{here}/domains/removal", {"domain": "example.com"})
    dana.refresh_from_db()
    assert (acme.domains.count(), dana.organisation) == (0, acme)


def test_pages_by_cursor(at_desk: At, sam: Agent) -> None:
    for number in range(55):
        organisations.create(f"Firm {number:02}", actor=sam.actor)
    client = at_desk(sam)
    first = client.get("/desk/organisations").content.decode()
    following = first.split('href="/desk/organisations?')[1].split('"')[0]
    rest = client.get(f"/desk/organisations?{following}").content.decode()
    assert ("Firm 49" in first, "Firm 50" in first) == (True, False)
    assert ("Firm 50" in rest, "Firm 54" in rest, "Firm 49" in rest) == (True, True, False)

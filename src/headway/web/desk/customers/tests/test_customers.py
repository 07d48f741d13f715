"""The list of customers, and one customer's screen: who they are and everything said with them."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from headway.events.actor import Actor
from headway.people.actions import customers, identities, merging, organisations
from headway.people.models import Agent, Customer
from headway.tickets import actions
from headway.tickets.actions import Words, requesters
from headway.tickets.queries import setup
from headway.web.desk.tests.conftest import HTMX, Ask, At


def test_found_by_name_address_number_and_organisation(at_desk: At, sam: Agent, dana: Customer, chen: Customer) -> None:
    identities.add(dana, "phone", "+49 30 1234567", actor=sam.actor)
    customers.edit(dana, actor=sam.actor, organisation=organisations.create("Ortiz & Sons", actor=sam.actor))
    client = at_desk(sam)

    def found(words: str) -> set[int]:
        page = client.get("/desk/customers", {"q": words}).content.decode()
        return {one.pk for one in (dana, chen) if f'href="/desk/customers/{one.pk}"' in page}

    assert found("") == {dana.pk, chen.pk}
    assert found("ortiz dana") == {dana.pk}
    assert found("& sons") == {dana.pk}
    assert found("chen@example") == {chen.pk}
    assert found("+49301234567") == {dana.pk}
    assert found("an") == {dana.pk}
    assert found("ne") == {chen.pk}
    assert found("nobody") == set()
    part = client.get("/desk/customers", {"q": "dana"}, headers={**HTMX, "HX-Target": "customers"}).content.decode()
    assert "<html" not in part
    assert "Dana Ortiz" in part


def test_what_the_list_costs(at_desk: At, ask: Ask, sam: Agent, dana: Customer) -> None:
    people = [
        customers.create(actor=sam.actor, name=f"Customer {n}", known_by=[("email", f"c{n}@example.com")])
        for n in range(9)
    ]
    for one in people:
        ask(one)
    client = at_desk(sam)
    client.get("/desk/customers?q=customer")
    with CaptureQueriesContext(connection) as asked:
        client.get("/desk/customers?q=customer")
    names = [
        "settings' version", "session", "person", "customers", "their identities", "their tickets", "own teams",
        "held or not", "saved views",
    ]  # fmt: skip
    assert len(asked) == len(names), "\n".join(query["sql"][:160] for query in asked)


def test_one_history_across_channels_and_records(
    at_desk: At, ask: Ask, sam: Agent, dana: Customer, chen: Customer
) -> None:
    mail = ask(dana, "Card declined", "Twice today.")
    actions.reply(mail, Words(text="We look into it."), actor=sam.actor)
    actions.note(mail, "Angry.", actor=sam.actor)
    other = customers.create(actor=sam.actor, name="D. Ortiz", known_by=[("phone", "+14155550100")])
    call = ask(other, "Called about the card", "By phone.")
    merging.merge(other, dana, actor=sam.actor)
    requesters.move_all(other.pk, dana.pk, actor=Actor.system())
    foreign = ask(chen, "Group order", "Dana pays.")
    actions.receive(foreign, Words(text="Yes, I pay."), customer=dana, actor=Actor.customer(dana.pk))
    ask(chen, "Nothing of hers", "Chen alone.")
    page = at_desk(sam).get(f"/desk/customers/{dana.pk}").content.decode()
    order = [
        page.index(words) for words in ("Yes, I pay.", "Dana pays.", "By phone.", "We look into it.", "Twice today.")
    ]
    assert order == sorted(order)
    assert "Chen alone." not in page
    assert "Angry." not in page
    assert f"/desk/tickets/{call.pk}" in page
    moved = at_desk(sam).get(f"/desk/customers/{other.pk}")
    assert moved.headers["Location"] == f"/desk/customers/{dana.pk}"


def test_the_history_goes_on_and_hides_what_one_may_not_see(
    at_desk: At, ask: Ask, sam: Agent, mia: Agent, dana: Customer
) -> None:
    for number in range(30):
        ask(dana, f"Matter {number}", f"Words of matter {number}.", assignee=sam)
    hidden = ask(dana, "For Mia alone", "Not for Sam.", assignee=mia)
    sam.sees = "teams"
    sam.save()
    client = at_desk(sam)
    first = client.get(f"/desk/customers/{dana.pk}").content.decode()
    assert first.count('class="told"') == 25
    earlier = first.split(f'hx-get="/desk/customers/{dana.pk}/history')[1].split('"')[0]
    rest = client.get(f"/desk/customers/{dana.pk}/history{earlier}", headers=HTMX).content.decode()
    assert rest.count('class="told"') == 5
    assert "Words of matter 0." in rest
    assert f"/desk/tickets/{hidden.pk}" not in first + rest
    assert "<html" not in rest


def test_what_the_screen_costs(at_desk: At, ask: Ask, sam: Agent, dana: Customer) -> None:
    for number in range(12):
        actions.rate(ask(dana, f"Matter {number}"), 4, actor=Actor.customer(dana.pk))
    client = at_desk(sam)
    client.get(f"/desk/customers/{dana.pk}")
    with CaptureQueriesContext(connection) as asked:
        client.get(f"/desk/customers/{dana.pk}")
    names = [
        "settings' version", "session", "person", "customer", "identities", "records merged into it", "their tickets",
        "what was said", "own teams", "held or not", "records that can be parted", "counts", "ratings",
        "latest tickets", "saved views",
    ]  # fmt: skip
    assert len(asked) == len(names), "\n".join(query["sql"][:160] for query in asked)


def test_counts_and_satisfaction(at_desk: At, ask: Ask, sam: Agent, dana: Customer) -> None:
    first, second = ask(dana, "One"), ask(dana, "Two")
    actions.rate(first, 5, actor=Actor.customer(dana.pk))
    actions.rate(second, 4, actor=Actor.customer(dana.pk))
    actions.set_status(first, setup.status_for("solved"), actor=sam.actor)
    page = at_desk(sam).get(f"/desk/customers/{dana.pk}").content.decode()
    assert "4.5 <small>(2)</small>" in page


def test_edited_unless_somebody_was_first(at_desk: At, sam: Agent, dana: Customer) -> None:
    acme = organisations.create("Acme Ltd", actor=sam.actor)
    client = at_desk(sam)
    typed = {
        "version": dana.version, "name": "Dana O.", "organisation": "acme ltd", "language": "es",
        "timezone": "Europe/Madrid", "facts": "plan: Pro\nrenews: 12 Dec: noon",
    }  # fmt: skip
    saved = client.post(f"/desk/customers/{dana.pk}/details", typed, headers=HTMX)
    assert saved.status_code == 200
    dana.refresh_from_db()
    assert (dana.name, dana.organisation, dana.language, dana.facts) == (
        "Dana O.", acme, "es", {"plan": "Pro", "renews": "12 Dec: noon"},
    )  # fmt: skip
    late = client.post(f"/desk/customers/{dana.pk}/details", {**typed, "name": "Late"}, headers=HTMX)
    assert late.status_code == 422
    assert "has changed since" in late.content.decode()
    assert 'value="Late"' in late.content.decode()
    for wrong in ({"organisation": "No such"}, {"timezone": "Mars/Olympus"}, {"facts": "nothing"}):
        again = client.post(
            f"/desk/customers/{dana.pk}/details", {**typed, "version": dana.version, **wrong}, headers=HTMX
        )  # fmt: skip
        assert again.status_code == 422, wrong
    dana.refresh_from_db()
    assert dana.name == "Dana O."


def test_a_fact_that_nobody_touched_keeps_its_kind(at_desk: At, sam: Agent, dana: Customer) -> None:
    customers.edit(dana, actor=sam.actor, facts={"seats": 12, "vip": True, "a:b": "c"})
    page = at_desk(sam).get(f"/desk/customers/{dana.pk}/details").content.decode()
    assert all(line in page for line in ("seats: 12", "vip: yes", "a:b: c"))
    dana.refresh_from_db()
    typed = {"version": dana.version, "name": dana.name, "facts": "seats: 12\nvip: no\na:b: c"}
    at_desk(sam).post(f"/desk/customers/{dana.pk}/details", typed, headers=HTMX)
    dana.refresh_from_db()
    assert dana.facts == {"seats": 12, "vip": "no", "a:b": "c"}


def test_ways_to_reach_them(at_desk: At, sam: Agent, vic: Agent, dana: Customer, chen: Customer) -> None:
    client = at_desk(sam)
    client.post(f"/desk/customers/{dana.pk}/identities", {"kind": "phone", "value": "+49 30 1234567"})
    added = dana.identities.get(kind="phone")
    client.post(f"/desk/customers/{dana.pk}/identities/{added.pk}/verification")
    added.refresh_from_db()
    assert added.verified_at is not None
    client.post(f"/desk/customers/{dana.pk}/identities", {"kind": "email", "value": "chen@example.net"})
    assert "Another customer has this already" in client.get(f"/desk/customers/{dana.pk}").content.decode()
    assert chen.identities.count() == 1
    client.post(f"/desk/customers/{chen.pk}/identities/{added.pk}/removal")
    assert dana.identities.filter(pk=added.pk).exists()
    client.post(f"/desk/customers/{dana.pk}/identities/{added.pk}/removal")
    assert not dana.identities.filter(pk=added.pk).exists()
    seen = at_desk(vic).get(f"/desk/customers/{dana.pk}").content.decode()
    assert "dana@example.com" in seen
    assert "Add a way" not in seen


def test_added_by_hand(at_desk: At, sam: Agent, dana: Customer) -> None:
    client = at_desk(sam)
    made = client.post("/desk/customers", {"name": "Nora", "phone": "+49 30 7654321"}, headers=HTMX)
    nora = Customer.objects.get(name="Nora")
    assert f"/desk/customers/{nora.pk}" in made.headers["HX-Trigger"]
    for wrong in ({}, {"email": "nonsense"}, {"phone": "12"}, {"email": "dana@example.com"}):
        assert client.post("/desk/customers", wrong, headers=HTMX).status_code == 422, wrong
    taken = client.post("/desk/customers", {"email": "dana@example.com"}, headers=HTMX).content.decode()
    assert f"/desk/customers/{dana.pk}" in taken


def test_a_ticket_begun_for_them(at_desk: At, sam: Agent, acme: object) -> None:
    nora = customers.create(actor=sam.actor, name="Nora", known_by=[("phone", "+49307654321")])
    client = at_desk(sam)
    form = client.get(f"/desk/tickets/draft?customer={nora.pk}", headers=HTMX).content.decode()
    assert "Nora" in form
    begun = {"customer": nora.pk, "subject": "Called", "body": "Please call back.", "channel": "phone"}
    assert client.post("/desk/tickets", begun, headers=HTMX).status_code == 200
    assert "Please call back." in client.get(f"/desk/customers/{nora.pk}").content.decode()

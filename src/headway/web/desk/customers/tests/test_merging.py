"""Two records of one person at the desk: found, compared, merged, taken back."""

from collections.abc import Callable

from headway.people.actions import customers
from headway.people.models import Agent, Customer, Identity
from headway.web.desk.tests.conftest import Ask, At


def test_compared_before_it_happens(at_desk: At, ask: Ask, sam: Agent, dana: Customer, chen: Customer) -> None:
    customers.edit(dana, actor=sam.actor, facts={"plan": "Max"})
    customers.edit(chen, actor=sam.actor, facts={"plan": "Pro", "seats": 3}, language="zh")
    ask(chen)
    client = at_desk(sam)
    page = client.get(f"/desk/customers/{dana.pk}/merger", {"other": chen.pk}).content.decode()
    assert "1 ticket that you see" in page
    assert "Language: <bdi>zh" in page
    assert "Seats: <bdi>3" in page
    assert "Plan (Pro)" in page
    assert f"/desk/customers/{chen.pk}/merger?other={dana.pk}" in page
    same = client.get(f"/desk/customers/{dana.pk}/merger", {"other": dana.pk})
    assert same.status_code == 422
    found = client.get(f"/desk/customers/{dana.pk}/merger", {"q": "chen"}).content.decode()
    assert f"merger?other={chen.pk}" in found


def test_suggested_on_the_screen_and_in_the_list(at_desk: At, sam: Agent, dana: Customer) -> None:
    twin = customers.create(actor=sam.actor, name="Dana Ortiz", known_by=[("email", "dana.o@example.com")])
    client = at_desk(sam)
    part = client.get(f"/desk/customers/{dana.pk}/duplicates").content.decode()
    assert f"merger?other={twin.pk}" in part
    pairs = client.get("/desk/customers/duplicates").content.decode()
    assert f"/desk/customers/{dana.pk}/merger?other={twin.pk}" in pairs


def test_a_record_that_came_from_elsewhere_is_not_parted_here(
    at_desk: At, sam: Agent, dana: Customer, chen: Customer
) -> None:
    client = at_desk(sam)
    client.post(f"/desk/customers/{dana.pk}/merger", {"part": chen.pk})
    assert "not merged into this customer" in client.get(f"/desk/customers/{dana.pk}").content.decode()


def test_tickets_follow_and_return(
    committed_db: str, at_desk: At, ask: Ask, sam: Agent, dana: Customer, chen: Customer, run_jobs: Callable[[], None]
) -> None:
    hers, his = ask(dana, "Hers"), ask(chen, "His")
    client = at_desk(sam)
    client.post(f"/desk/customers/{dana.pk}/merger", {"other": chen.pk})
    run_jobs()
    page = client.get(f"/desk/customers/{dana.pk}").content.decode()
    assert f"/desk/tickets/{his.pk}" in page
    assert "chen@example.net" in page
    later = ask(dana, "After the merge")
    client.post(f"/desk/customers/{dana.pk}/merger", {"part": chen.pk})
    run_jobs()
    for ticket, owner in ((hers, dana), (his, chen), (later, dana)):
        ticket.refresh_from_db()
        assert ticket.customer == owner, ticket.subject
    assert Identity.objects.get(value="chen@example.net").customer == chen

"""An empty workspace teaches its first administrator, until it is one no more or they have had enough."""

from headway.people.actions import invitations
from headway.people.models import Agent, Customer
from headway.settings import queries as settings
from headway.sla import actions as sla
from headway.sla.models import Calendar
from headway.web.desk.start.steps import steps
from headway.web.desk.tests.conftest import Ask, At

PAGE = "/desk/first-steps"


def _done() -> set[str]:
    return {step.key for step in steps() if step.done}


def test_an_administrator_comes_in_to_the_first_steps(at_desk: At, ada: Agent, sam: Agent) -> None:
    assert at_desk(ada).get("/desk/")["Location"] == PAGE
    assert at_desk(sam).get("/desk/")["Location"] == "/desk/views/mine"
    assert "First steps" not in at_desk(sam).get("/desk/views/mine").content.decode()


def test_the_first_one_is_done_here(at_desk: At, ada: Agent) -> None:
    client = at_desk(ada)
    refused = client.post(PAGE, {"name": "Lumen", "language": "en", "timezone": "Berlin"})
    assert 'id="f-timezone-error"' in refused.content.decode()
    assert 'value="Lumen"' in refused.content.decode()
    client.post(PAGE, {"name": "Lumen", "language": "en", "timezone": "Europe/Berlin"})
    assert (settings.current().name, settings.current().timezone) == ("Lumen", "Europe/Berlin")
    assert "Lumen" in client.get(PAGE).content.decode()


def test_each_ticks_itself(at_desk: At, ask: Ask, ada: Agent, dana: Customer) -> None:
    assert _done() == set()
    invitations.invite("nina@desk.example", "agent", actor=ada.actor)
    hours = Calendar.objects.get()
    sla.save_calendar(hours, name="Hours", zone="UTC", week="mon 09:00-10:00", is_default=True, actor=ada.actor)
    ask(dana)
    assert _done() == {"people", "hours", "ticket"}
    assert at_desk(ada).get("/desk/")["Location"] == "/desk/views/mine"


def test_they_are_dismissed_and_found_again(at_desk: At, ada: Agent) -> None:
    client = at_desk(ada)
    client.post(f"{PAGE}/dismissal")
    assert client.get("/desk/")["Location"] == "/desk/views/mine"
    page = client.get("/desk/settings").content.decode()
    assert "First steps" in page
    client.post(f"{PAGE}/dismissal", {"again": "1"})
    assert client.get("/desk/")["Location"] == PAGE

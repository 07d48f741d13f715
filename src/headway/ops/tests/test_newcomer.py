"""What a fresh installation says in the terminal."""

from headway.foundation.environment import Environment
from headway.ops.serving import newcomer
from headway.people.models import Agent


def test_it_is_said_while_nobody_can_sign_in(committed_db: str) -> None:
    assert newcomer.nobody_is_here(committed_db)
    Agent.objects.create(email="ada@desk.example", name="Ada")
    assert not newcomer.nobody_is_here(committed_db)
    assert not newcomer.nobody_is_here("postgresql://nobody@127.0.0.1:1/nothing")


def test_the_command_leads_to_the_port_that_is_served() -> None:
    assert "\n  bin/headway admin create" in newcomer.words(Environment())
    assert "\n  HEADWAY_PORT=9000 bin/headway admin create" in newcomer.words(Environment(port=9000))

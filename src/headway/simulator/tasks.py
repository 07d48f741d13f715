"""Jobs of the sample data."""

from headway.events.actor import Actor
from headway.foundation.jobs import job
from headway.simulator import actions


@job("simulator.run")
def run(run_id: int) -> None:
    """Fills in sample data, or removes it, for somebody who asked for it at the desk."""
    actions.perform(run_id, actor=Actor.system())

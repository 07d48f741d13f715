"""What follows what: the whole product on one screen."""

from django.apps import AppConfig

from headway.events import followers
from headway.events.event import Event
from headway.events.followers import Follower, Function

FOLLOWERS: list[tuple[type[Event], Function | Follower]] = []


class Pipeline(AppConfig):
    """Hands the list to the journal at start-up. It has no tables."""

    name = "headway.pipeline"
    label = "pipeline"

    def ready(self) -> None:
        followers.register(FOLLOWERS)

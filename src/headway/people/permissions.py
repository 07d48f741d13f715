"""Refusing an action that the actor's role does not allow."""

from django.utils.translation import gettext as _

from headway.events.actor import Actor
from headway.foundation.errors import Forbidden
from headway.people.rules import Permission, may


def require(actor: Actor, permission: Permission) -> None:
    """Raises Forbidden unless the actor may. The system, automations and customers act by code, not by role."""
    if actor.kind == "agent" and not may(actor.role, permission):
        raise Forbidden(
            _("Your role does not allow this. Ask an administrator if you need it."), permission=str(permission)
        )

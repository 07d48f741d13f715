"""What was under way when its process came to its end for good: said, so that somebody can go on with it."""

from django.db import connection, transaction
from django.utils.translation import gettext as _

from headway.events.actor import Actor
from headway.foundation.jobs import letters
from headway.moving.actions.running import LOCK, finish
from headway.moving.models import Run
from headway.moving.queries.stranded import stranded

States = Run.States


def notice(*, actor: Actor) -> int:
    """Writes down of each import that nothing is at work on it any more; returns of how many. What was brought stays.

    Its job used up its attempts or was discarded, or the command that brought it in was killed.
    """
    return sum(_notice(number, actor) for number, _by_command in stranded())


@transaction.atomic
def _notice(number: int, actor: Actor) -> bool:
    row = Run.objects.select_for_update().get(pk=number)
    by_command = dict(stranded()).get(number)  # asked again: somebody may have gone on with it meanwhile
    if by_command is None or (by_command and not _is_free(row.system)):
        return False
    for name in ("moving.check", "moving.bring"):
        letters.discard_of(name, "run_id", number)
    if row.state == States.CHECKING:
        row.state, row.part, row.done = States.READY, "", 0
        row.told = {"error": _("Each process that looked at it was ended while it did. Look again, or bring less.")}
        row.save(update_fields=["state", "part", "done", "told"])
        return True
    again = _("Each process that brought it in was ended while it did, so it is not tried any more by itself.")
    finish(row, States.FAILED, _("The command that brought it in was ended.") if by_command else again, actor=actor)
    return True


def _is_free(system: str) -> bool:
    """Whether nobody brings anything in from this system; held until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtext(%s))", [LOCK % system])
        return bool(cursor.fetchone()[0])

"""Prepared answers: written, put away, and used on a ticket."""

import re
from dataclasses import asdict, dataclass, field
from typing import Final, TypeVar

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from headway.events import journal
from headway.events.actor import Actor
from headway.events.vocabulary.macros import MacroArchived, MacroDefined, MacroUsed
from headway.foundation.clock import now
from headway.foundation.errors import Conflict, Forbidden, Invalid
from headway.people.models import Agent, Team
from headway.people.permissions import require
from headway.people.rules import Permission
from headway.tickets.actions.assignment import assign, set_team
from headway.tickets.actions.checklist import add_items
from headway.tickets.actions.messages import note
from headway.tickets.actions.opening import opened
from headway.tickets.actions.properties import set_priority
from headway.tickets.actions.status import set_status
from headway.tickets.actions.tagging import tag
from headway.tickets.models import Macro, Status, Ticket
from headway.tickets.queries.macros import Prepared, changes_of, prepared
from headway.tickets.rules.checklist import LENGTH
from headway.tickets.rules.macros import Changes, Conditions, unfilled, unknown
from headway.tickets.rules.texts import clean, one_line

Named = TypeVar("Named", Team, Agent, Status)

TEXT: Final = 20_000
_SHORTCUT: Final = re.compile(r"[\w-]{1,30}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """What a macro is made of. `team` None and not `personal`: everybody's."""

    name: str
    shortcut: str = ""
    text: str = ""
    note: str = ""
    personal: bool = True
    team: Team | None = None
    conditions: Conditions = field(default_factory=Conditions)
    changes: Changes = field(default_factory=Changes)


@transaction.atomic
def save_macro(macro: Macro | None = None, *, recipe: Recipe, actor: Actor) -> Macro:
    """Writes a macro, or changes one. Personal ones belong to who writes them; others need the right to manage teams.

    Raises Forbidden, Invalid for what cannot be used, Conflict when the shortcut is taken.
    """
    require(actor, Permission.NOTE)
    row = Macro.objects.select_for_update().get(pk=macro.pk) if macro is not None else Macro()
    if macro is not None:
        _must_own(row, actor)
    if not recipe.personal:
        require(actor, Permission.TEAMS)
    _check(recipe)
    row.name, row.shortcut = one_line(recipe.name, 80), recipe.shortcut.lower()
    row.owner_id = actor.id if recipe.personal else None
    row.team = None if recipe.personal else recipe.team
    row.text, row.note = clean(recipe.text, TEXT), clean(recipe.note, TEXT)
    row.conditions = {name: list(value) for name, value in asdict(recipe.conditions).items() if value}
    row.changes = {name: value for name, value in asdict(recipe.changes).items() if value not in (None, ())}
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise Conflict(_("Another macro answers to ;%(word)s already.") % {"word": row.shortcut}) from error
    journal.record(MacroDefined(subject_id=row.pk, team_id=row.team_id, personal=recipe.personal), actor=actor)
    return row


@transaction.atomic
def archive_macro(macro: Macro, *, actor: Actor) -> None:
    """Offers a macro no more. Again changes nothing. Raises Forbidden for somebody else's."""
    require(actor, Permission.NOTE)
    row = Macro.objects.select_for_update().get(pk=macro.pk)
    _must_own(row, actor)
    if row.archived_at is None:
        row.archived_at = now()
        row.save(update_fields=["archived_at"])
        journal.record(MacroArchived(subject_id=row.pk), actor=actor)


@transaction.atomic
def use_macro(ticket: Ticket, macro: Macro, *, user: Agent, actor: Actor, expected: int | None = None) -> Prepared:
    """Does to a ticket what a macro says, all or nothing, and returns its words filled in; they are not sent.

    Raises Forbidden when it changes something that the person may not, Invalid for a note with a gap in it, and what
    the changes themselves raise: Conflict when the ticket has changed since.
    """
    changes = changes_of(macro)
    needs = Permission.WORK if changes else Permission.NOTE
    row = opened(ticket, actor=actor, needs=needs, expected=expected)
    words = prepared(user, row, macro)
    if unfilled(words.note):
        gaps = {"gaps": ", ".join(unfilled(words.note))}
        raise Invalid(_("The note of this macro has gaps on this ticket: %(gaps)s. Nothing was changed.") % gaps)
    _change(row, changes, user, actor)
    if words.note.strip():
        note(row, words.note, actor=actor)
    journal.record(MacroUsed(ticket_id=row.pk, macro_id=macro.pk), actor=actor)
    return words


def _change(ticket: Ticket, changes: Changes, user: Agent, actor: Actor) -> None:
    """The changes in an order in which none undoes another: the team before who is of it, the status last."""
    if changes.team is not None:
        set_team(ticket, _in_use(Team, changes.team), actor=actor)
    if changes.assignee is not None:
        assign(ticket, user if changes.assignee == 0 else _in_use(Agent, changes.assignee), actor=actor)
    if changes.priority is not None:
        set_priority(ticket, changes.priority, actor=actor)
    if changes.tags:
        tag(ticket, changes.tags, actor=actor)
    if changes.checklist:
        add_items(ticket, changes.checklist, actor=actor)
    if changes.status is not None:
        set_status(ticket, _in_use(Status, changes.status), actor=actor)


def _in_use(kind: type[Named], number: int) -> Named:
    found = kind.objects.filter(pk=number, archived_at__isnull=True).first()
    if found is None:
        raise Invalid(_("This macro names something that is not there any more. Nothing was changed."))
    return found


def _must_own(macro: Macro, actor: Actor) -> None:
    if macro.owner_id is None:
        require(actor, Permission.TEAMS)
    elif actor.kind == "agent" and macro.owner_id != actor.id:
        raise Forbidden(_("This macro belongs to somebody else."))


def _check(recipe: Recipe) -> None:
    if not one_line(recipe.name, 80):
        raise Invalid(_("A macro needs a name."), field="name")
    if recipe.shortcut and not _SHORTCUT.fullmatch(recipe.shortcut):
        raise Invalid(_("A shortcut is one word of letters, digits and hyphens."), field="shortcut")
    strange = unknown(recipe.text) + unknown(recipe.note)
    if strange:
        raise Invalid(_("There is no such variable: %(names)s.") % {"names": ", ".join(strange)}, field="text")
    if not (recipe.text.strip() or recipe.note.strip() or recipe.changes):
        raise Invalid(_("A macro needs a text, a note or a change."), field="text")
    changes = recipe.changes
    if changes.team is not None:
        _in_use(Team, changes.team)
    if changes.assignee:
        _in_use(Agent, changes.assignee)
    if changes.status is not None:
        _in_use(Status, changes.status)
    if len(changes.tags) > 20 or any(not one_line(name, 60) for name in changes.tags):
        raise Invalid(_("A macro puts on at most 20 tags, each with a name."), field="tags")
    items = [len(one_line(text, LENGTH + 1)) for text in changes.checklist]
    if len(items) > 20 or not all(0 < length <= LENGTH for length in items):
        raise Invalid(
            _("A macro puts at most 20 items on the checklist, each of at most %(most)s letters.") % {"most": LENGTH},
            field="checklist",
        )

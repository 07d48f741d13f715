"""Macros and views for whom they were; triggers and automations to be read, never to be run."""

from django.db import transaction

from headway.events.actor import Actor
from headway.foundation.errors import HeadwayError, Invalid
from headway.moving.actions.book import Book
from headway.moving.models import Rule
from headway.moving.records import Prepared, Trouble, View
from headway.moving.records import Rule as Written
from headway.moving.staging import Staging
from headway.people.models import Agent, Team
from headway.people.rules import Role
from headway.tickets.actions import Recipe, archive_macro, save_macro
from headway.tickets.actions import views as saving
from headway.tickets.actions.views import Filters
from headway.tickets.models import SavedView, Status
from headway.tickets.rules.macros import Changes
from headway.tickets.rules.typed import Part, write

_SYSTEM = Actor.system()


def bring_macros(staging: Staging, book: Book) -> None:
    """Macros by their words and changes; one of a person's own becomes that person's when they are here."""
    statuses = dict(Status.objects.filter(is_default=True).values_list("category", "pk"))
    for one in staging.all(Prepared):
        book.count("macro", "source")
        if one.key in book.ids("macro"):
            book.count("macro", "same")
            continue
        try:
            with transaction.atomic():
                book.keep("macro", [(one.key, _macro(one, book, statuses), "")])
        except HeadwayError as error:
            book.report(Trouble(kind="macro", key=one.key, reason=error.message, detail=one.name))
            continue
        book.count("macro", "new")
        _leave("macro", one.key, one.name, one.left, book)


def _macro(one: Prepared, book: Book, statuses: dict[str, int]) -> int:
    owner = _here(book.ids("agent").get(one.owner)) if one.owner else None
    if one.owner and owner is None:
        raise _nobody()
    team = Team.objects.filter(pk=book.ids("team").get(one.only, 0)).first() if one.only else None
    changes = Changes(
        status=statuses.get(one.category) if one.category not in ("", "closed", "new") else None,
        priority=one.priority or None,  # type: ignore[arg-type]  # 1 to 4 by its source
        tags=one.tags[:20],
        team=book.ids("team").get(one.team),
        assignee=0 if one.assignee == "me" else _working(book.ids("agent").get(one.assignee)),
    )
    recipe = Recipe(name=one.name, text=one.text, note=one.note, personal=owner is not None, team=team, changes=changes)
    macro = save_macro(recipe=recipe, actor=owner.actor if owner else _SYSTEM)
    if not one.active:
        archive_macro(macro, actor=_SYSTEM)
    return macro.pk


def bring_views(staging: Staging, book: Book) -> None:
    """Views of which something can be said as a search here; the others are reported."""
    author = Agent.objects.filter(role=Role.ADMINISTRATOR, archived_at__isnull=True).order_by("pk").first()
    for one in staging.all(View):
        book.count("view", "source")
        if one.key in book.ids("view"):
            book.count("view", "same")
            continue
        try:
            with transaction.atomic():
                book.keep("view", [(one.key, _view(one, book, author), "")])
        except HeadwayError as error:
            book.report(Trouble(kind="view", key=one.key, reason=error.message, detail=one.name))
            continue
        book.count("view", "new")
        _leave("view", one.key, one.name, one.left, book)


def _view(one: View, book: Book, administrator: Agent | None) -> int:
    owner = _here(book.ids("agent").get(one.owner)) if one.owner else administrator
    if owner is None:
        raise _nobody()
    if not one.active:
        raise Invalid("it was not active")
    said = dict(one.q)
    if not said:
        raise Invalid("none of its conditions can be said here")
    base = said.pop("base", "all")
    if team := book.ids("team").get(said.pop("team", "")):
        base = f"team-{team}" if base in ("all", "open") else base
    q = " ".join(write(Part(key, value)) for key, value in said.items())
    audience = SavedView.Audiences.OWN if one.owner else SavedView.Audiences.ALL
    view = saving.save(
        one.name, Filters(base=base, narrowing={}, q=q), audience=audience, agent=owner, actor=owner.actor
    )
    return view.pk


def bring_rules(staging: Staging, book: Book) -> None:
    """Triggers and automations as they were written."""
    rows = [
        Rule(
            system=book.run.system,
            key=one.key,
            name=one.name[:200],
            kind=one.kind,
            was_active=one.active,
            written=one.written,
        )
        for one in staging.all(Written)
    ]
    with transaction.atomic():
        Rule.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["system", "key"],
            update_fields=["name", "was_active", "written"],
        )
        known = [row for row in rows if row.key in book.ids("rule")]
        book.keep("rule", [(row.key, 0, "") for row in rows if row.key not in book.ids("rule")])
    book.count("rule", "source", len(rows))
    book.count("rule", "same", len(known))
    book.count("rule", "new", len(rows) - len(known))


def _leave(kind: str, key: str, name: str, left: tuple[str, ...], book: Book) -> None:
    if left:
        reason = f"came without: {', '.join(left)}"
        book.report(Trouble(kind=kind, key=key, reason=reason, detail=name, lost=False))


def _here(agent_id: int | None) -> Agent | None:
    return Agent.objects.filter(pk=agent_id or 0, archived_at__isnull=True).first()


def _working(agent_id: int | None) -> int | None:
    return agent_id if agent_id and _here(agent_id) else None


def _nobody() -> HeadwayError:
    return Invalid("it belongs to somebody who is not here")

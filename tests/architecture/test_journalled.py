"""Every action leaves its row in the journal."""

import ast
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src" / "headway"
WRITES = {"save", "create", "update", "delete", "bulk_create", "get_or_create", "update_or_create", "bulk_update"}
RECORDS = {"record", "record_many"}

# What writes and has nothing to say: it keeps derived rows in step, or its caller records.
SILENT = {
    "events.erasure",  # records what it did itself
    "tickets.actions.index",  # the search table follows messages that are journalled
    "tickets.actions.files",  # rows of a message's files, within the message's action
    "tickets.actions.opening",
    "sla.actions.clocks.recount",  # counted from the journal, and to be counted again from it
    "people.actions.removal.keep_samples",  # the removal of sample data records what it did
    "tickets.actions.samples.keep_entangled",
    "tickets.actions.drafts.save_draft",  # unsent words are nobody's business but their writer's
    "tickets.actions.drafts.discard_draft",
    "tickets.actions.drafts.return_to_draft",  # the withdrawal that it belongs to is recorded
    "notifications.actions.telling",  # each comes from an event that stands in the journal
    "privacy.actions.archiving",  # how far it is; the archive is recorded when it is ready
    "insight.actions.committing",  # the lake is made from the journal, and can be made from it again
    "insight.actions.filling",
    "insight.actions.compacting",
    "insight.actions.forgetting",
    "tickets.actions.work.work",  # a visit is recorded once it has ended
    "tickets.actions.readings",  # reading changes nothing for anybody else
    "tickets.actions.redaction.redact_views",  # the erasure that it belongs to is recorded
    "intake.oauth.actions.refused",  # nothing came of the sign-in
    "moving.actions.prepared.bring_rules",  # kept to be read; that the import ran is recorded
    "people.actions.tokens.authenticate",  # when a token was last used, kept to a few minutes
}


def _modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(SOURCE.rglob("*.py")):
        parts = path.relative_to(SOURCE).with_suffix("").parts
        if "actions" in parts and "tests" not in parts:
            yield ".".join(parts), ast.parse(path.read_text(encoding="utf-8"))


def _called(function: ast.AST) -> set[str]:
    names = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Attribute):
                names.add(node.func.attr)
            elif isinstance(node.func, ast.Name):
                names.add(node.func.id)
        elif isinstance(node, ast.Name):
            names.add(node.id)
    return names


def test_every_action_that_writes_records_what_it_did() -> None:
    calls: dict[str, set[str]] = {}
    public: list[tuple[str, str]] = []
    for module, tree in _modules():
        for node in tree.body:
            if isinstance(node, ast.FunctionDef):
                calls.setdefault(node.name, set()).update(_called(node))
                if not node.name.startswith("_") and not {module, f"{module}.{node.name}"} & SILENT:
                    public.append((module, node.name))

    def reaches(name: str, wanted: set[str], seen: set[str]) -> bool:
        if calls.get(name, set()) & wanted:
            return True
        return any(
            reaches(each, wanted, seen | {each})
            for each in calls.get(name, set())
            if each in calls and each not in seen
        )

    mute = [
        f"{module}.{name}"
        for module, name in public
        if reaches(name, WRITES, {name}) and not reaches(name, RECORDS, {name})
    ]
    assert mute == []


def test_actions_say_who_acts() -> None:
    anonymous = [
        f"{module}.{node.name}"
        for module, tree in _modules()
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and any("atomic" in ast.dump(decorator) for decorator in node.decorator_list)
        and "actor" not in {argument.arg for argument in node.args.kwonlyargs}
    ]
    # a history carries the actor of each event; who accepts an invitation is nobody before; clocks only count
    assert set(anonymous) <= {
        "tickets.actions.history.write",
        "people.actions.invitations.accept",
        "sla.actions.clocks.recount",
        "sla.actions.clocks.announce_missed",
    }

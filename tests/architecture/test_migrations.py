"""Migrations are complete, and can be taken back."""

from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

OURS = [config.label for config in apps.get_app_configs() if config.name.startswith("headway.")]


def test_no_model_is_ahead_of_its_migrations(db: None) -> None:
    call_command(
        "makemigrations", *[label for label in OURS if label != "pipeline"], check=True, dry_run=True, stdout=StringIO()
    )


@pytest.mark.long
def test_every_migration_can_be_taken_back_and_applied_again(committed_db: str) -> None:
    executor = MigrationExecutor(connection)
    ours = [node for node in executor.loader.graph.nodes if node[0] in OURS]
    executor.migrate([(label, None) for label in {label for label, _name in ours}])
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())
    assert MigrationExecutor(connection).migration_plan(executor.loader.graph.leaf_nodes()) == []


@pytest.mark.parametrize("label", [label for label in OURS if label != "pipeline"])
def test_foreign_keys_point_down(label: str) -> None:
    order = [
        "foundation", "events", "settings", "people", "tickets", "sla", "notifications", "intake", "moving", "privacy",
        "simulator", "web", "ops",
    ]  # fmt: skip
    for model in apps.get_app_config(label).get_models():
        for field in model._meta.get_fields():
            if field.is_relation and field.concrete and field.related_model:
                target = field.related_model._meta.app_label
                if target in order:
                    assert order.index(target) <= order.index(label), f"{model.__name__}.{field.name} points up"

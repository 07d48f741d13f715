"""`headway manage …`: Django's own commands, on this installation's database."""

import sys
from typing import Any

import typer

from headway.cli.workspace import settings_only
from headway.ops.address import database

CONTEXT: dict[str, Any] = {"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []}


def manage(context: typer.Context) -> None:
    """Django's management commands: `headway manage shell`, `headway manage makemigrations tickets`."""
    settings_only()
    from django.core.management import execute_from_command_line

    with database():
        execute_from_command_line([f"{sys.argv[0]} manage", *context.args])

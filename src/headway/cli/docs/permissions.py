"""The page of roles and permissions."""

from headway.cli.docs import row
from headway.people.rules import MATRIX, Permission, Role


def page() -> str:
    """The whole matrix."""
    lines = ["# Roles and permissions", "", row("Permission", *(role.value for role in Role))]
    lines.append(row("---", *("---" for _role in Role)))
    lines += [
        row(f"`{permission}`", *("yes" if permission in MATRIX[role] else "" for role in Role))
        for permission in Permission
    ]
    return "\n".join(lines)

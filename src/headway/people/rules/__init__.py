"""Pure decisions about people: who may do what, how an identity is written, which domains say nothing."""

from headway.people.rules.roles import MATRIX, RANK, SCOPE_NEEDS, Permission, Role, Scope, Sees, may

__all__ = ["MATRIX", "RANK", "SCOPE_NEEDS", "Permission", "Role", "Scope", "Sees", "may"]

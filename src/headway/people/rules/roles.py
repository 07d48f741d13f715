"""Who may do what. Pure: the whole matrix on one screen, tested for every endpoint and role."""

from enum import StrEnum


class Role(StrEnum):
    """What a person is on the team."""

    ADMINISTRATOR = "administrator"
    LEAD = "lead"
    AGENT = "agent"
    LIGHT = "light"
    VIEWER = "viewer"


class Permission(StrEnum):
    """Something that a role may or may not do."""

    READ = "tickets.read"
    NOTE = "tickets.note"
    REPLY = "tickets.reply"
    WORK = "tickets.work"  # create, assign, status, priority, tags, fields, links, merge, split, snooze, spam
    BULK = "tickets.bulk"
    DELETE = "tickets.delete"
    CUSTOMERS = "customers.edit"
    EXPORT = "export"
    TEAMS = "teams.manage"
    SETTINGS = "settings.manage"
    PEOPLE = "people.manage"
    PRIVACY = "privacy.manage"  # exports, erasures, legal holds, how long things are kept
    OPERATE = "operate"  # outbox of everybody, dead letters, audit log, hold and release


_VIEWER = {Permission.READ}
_LIGHT = _VIEWER | {Permission.NOTE}
_AGENT = _LIGHT | {Permission.REPLY, Permission.WORK, Permission.BULK, Permission.CUSTOMERS}
_LEAD = _AGENT | {Permission.DELETE, Permission.EXPORT, Permission.TEAMS}
_ADMINISTRATOR = set(Permission)

MATRIX: dict[Role, frozenset[Permission]] = {
    Role.VIEWER: frozenset(_VIEWER),
    Role.LIGHT: frozenset(_LIGHT),
    Role.AGENT: frozenset(_AGENT),
    Role.LEAD: frozenset(_LEAD),
    Role.ADMINISTRATOR: frozenset(_ADMINISTRATOR),
}

RANK = [Role.VIEWER, Role.LIGHT, Role.AGENT, Role.LEAD, Role.ADMINISTRATOR]


class Sees(StrEnum):
    """Which tickets a person sees."""

    ALL = "all"
    TEAMS = "teams"
    BRANDS = "brands"


class Scope(StrEnum):
    """What an API token may be used for, never beyond what its owner may do."""

    TICKETS_READ = "tickets:read"
    TICKETS_WRITE = "tickets:write"
    CUSTOMERS_READ = "customers:read"
    CUSTOMERS_WRITE = "customers:write"
    ADMIN = "admin"


# What the owner of a token must be allowed to do before a scope is of any use to it.
SCOPE_NEEDS: dict[Scope, Permission] = {
    Scope.TICKETS_READ: Permission.READ,
    Scope.TICKETS_WRITE: Permission.NOTE,
    Scope.CUSTOMERS_READ: Permission.READ,
    Scope.CUSTOMERS_WRITE: Permission.CUSTOMERS,
    Scope.ADMIN: Permission.TEAMS,
}


def may(role: str | None, permission: Permission) -> bool:
    """Whether a role has a permission. An unknown role has none."""
    return role in MATRIX and permission in MATRIX[Role(role)]

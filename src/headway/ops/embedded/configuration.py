"""The server's configuration: small when idle, written anew at each start so that it follows Headway's version."""

from pathlib import Path

from headway.foundation.memory import available

MEBIBYTE = 1024 * 1024
MAX_CONNECTIONS = 60


def settings(*, port: int, socket_folder: Path | None, listen: bool, durable: bool, major: int) -> dict[str, str]:
    """PostgreSQL settings by name, for version `major`. Without `durable` a crash may lose everything: for tests."""
    memory = available()
    chosen = {
        "listen_addresses": "127.0.0.1" if listen else "",
        "port": str(port),
        "unix_socket_directories": str(socket_folder) if socket_folder else "",
        "max_connections": str(MAX_CONNECTIONS),
        # Touched only when used; beyond it the system's own cache serves.
        "shared_buffers": f"{min(max(memory // 64 // MEBIBYTE, 32), 128)}MB",
        "effective_cache_size": f"{max(memory // 2 // MEBIBYTE, 128)}MB",
        "work_mem": "8MB",
        "maintenance_work_mem": "64MB",
        # One process less each, for what a single small machine does not need.
        "max_logical_replication_workers": "0",
        "wal_level": "minimal",
        "max_wal_senders": "0",
        "max_worker_processes": "4",
        "max_parallel_workers_per_gather": "1",
        "autovacuum_max_workers": "2",
        "max_wal_size": "1GB",
        "checkpoint_timeout": "15min",
        "random_page_cost": "1.1",
        # Compiling a query costs more than running any of ours.
        "jit": "off",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "datestyle": "iso, ymd",
        "default_text_search_config": "pg_catalog.simple",
        "log_min_messages": "warning",
        "log_checkpoints": "off",
        "log_line_prefix": "%m [%p] ",
        "password_encryption": "scram-sha-256",
    }
    if major >= 18:
        chosen["io_method"] = "sync"  # no workers of its own
    if not durable:
        chosen |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
    return chosen


def write(data: Path, chosen: dict[str, str], *, extra: Path) -> None:
    """Writes postgresql.conf into the cluster; `extra` is a file of the administrator's own, read last if present."""
    lines = ["# Written by Headway at each start. Your own settings go into the file named on the last line."]
    lines += [f"{name} = {_quoted(value)}" for name, value in chosen.items()]
    lines.append(f"include_if_exists = {_quoted(str(extra))}")
    (data / "postgresql.conf").write_text("\n".join(lines) + "\n")


def write_access(data: Path, owner: str) -> None:
    """Who may connect: the role `headway` with its password; the superuser only as the server's own system user."""
    (data / "pg_hba.conf").write_text(
        "local all postgres peer map=owner\nlocal all all scram-sha-256\nhost all all 127.0.0.1/32 scram-sha-256\n"
    )
    (data / "pg_ident.conf").write_text(f"owner {_ident(owner)} postgres\n")


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _ident(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'

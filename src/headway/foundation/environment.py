"""Every environment variable Headway reads, with its default and meaning. The reference page is made from this."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Any

from headway.foundation import paths
from headway.foundation.errors import Invalid

Network = IPv4Network | IPv6Network

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off", ""}


def _variable(name: str, default: object, doc: str) -> Any:
    return field(default=default, metadata={"name": name, "doc": doc})


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """The settings of one process, read once from its environment."""

    home: str = _variable(
        "HEADWAY_HOME",
        "",
        "The data folder. Empty: /var/lib/headway for root, otherwise `headway` in the user's data folder.",
    )
    database_url: str = _variable(
        "DATABASE_URL",
        "",
        "A PostgreSQL server, 16 or newer, with pgvector: `postgresql://user:password@host:5432/name`. "
        "Empty: the embedded server.",
    )
    master_key: str = _variable(
        "HEADWAY_MASTER_KEY",
        "",
        "The master key, 32 bytes in URL-safe base64. Empty: `master.key` in the data folder, made at the first start.",
    )
    host: str = _variable("HEADWAY_HOST", "127.0.0.1", "The address that web and live listen on.")
    port: int = _variable("HEADWAY_PORT", 8000, "The port of the web process.")
    live_port: int = _variable("HEADWAY_LIVE_PORT", 0, "The port of the live process. 0: the web port plus one.")
    public_url: str = _variable(
        "HEADWAY_PUBLIC_URL",
        "",
        "The address people open, for links in mails and for checks of origin. Empty: http://HOST:PORT.",
    )
    live_url: str = _variable(
        "HEADWAY_LIVE_URL",
        "",
        "The address of the live stream as browsers see it, for example `/live` behind a proxy. "
        "Empty: the web host with the live port.",
    )
    trusted_proxies: str = _variable(
        "HEADWAY_TRUSTED_PROXIES",
        "",
        "Comma-separated addresses or networks whose X-Forwarded-For and X-Forwarded-Proto headers are believed. "
        "Empty: none.",
    )
    allowed_hosts: str = _variable(
        "HEADWAY_ALLOWED_HOSTS",
        "",
        "Comma-separated host names that requests may ask for, beside the one in HEADWAY_PUBLIC_URL and localhost.",
    )
    files: str = _variable(
        "HEADWAY_FILES",
        "",
        "Where attachments and raw mails are kept: a folder, or `s3://bucket/prefix`. "
        "Empty: `files` in the data folder.",
    )
    files_endpoint: str = _variable(
        "HEADWAY_FILES_ENDPOINT", "", "The address of an S3-compatible server. Empty: Amazon's."
    )
    lake: str = _variable(
        "HEADWAY_LAKE",
        "",
        "Where the event lake of the audit is kept: a folder, or `s3://bucket/prefix` on the server of "
        "HEADWAY_FILES_ENDPOINT. Empty: `lake` in the data folder.",
    )
    lake_memory: int = _variable(
        "HEADWAY_LAKE_MEMORY_MB",
        1024,
        "Megabytes the audit may take; beyond them it goes on, on disk.",
    )
    lake_threads: int = _variable("HEADWAY_LAKE_THREADS", 2, "Processor cores the audit may take.")
    mail: str = _variable(
        "HEADWAY_MAIL",
        "console",
        "How mail leaves: `console` prints it and keeps it in the outbox; `smtp://user:password@host:587` sends it "
        "(`smtps://` for TLS from the first byte).",
    )
    mail_from: str = _variable(
        "HEADWAY_MAIL_FROM", "", "The sender of mails that belong to no brand. Empty: support@ the public host."
    )
    mail_listen: str = _variable(
        "HEADWAY_MAIL_LISTEN",
        "",
        "Where mail servers hand in mails: `lmtp://127.0.0.1:2424`, `smtp://0.0.0.0:2525`, or `lmtp:///path` for a "
        "socket. Empty: nowhere.",
    )
    mail_listen_certificate: str = _variable(
        "HEADWAY_MAIL_LISTEN_CERTIFICATE",
        "",
        "A file with certificate and key (PEM) with which HEADWAY_MAIL_LISTEN offers STARTTLS. Empty: no encryption.",
    )
    internal_hosts: str = _variable(
        "HEADWAY_INTERNAL_HOSTS",
        "",
        "Comma-separated host names, addresses or networks of your own that Headway may connect to although they are "
        "not public: a mail server in your network, for example. Empty: public ones only.",
    )
    source_token: str = _variable(
        "HEADWAY_SOURCE_TOKEN",
        "",
        "The token with which `headway audit` reads a help desk over its API. Empty: it asks at the terminal.",
    )
    lake_engine: str = _variable(
        "HEADWAY_LAKE_ENGINE",
        "duckdb",
        "What computes an audit, the desk's too: `duckdb` here, or `spark://host:7077`, a cluster that sees TMPDIR "
        "(needs `pip install -r requirements-spark.lock` and Java).",
    )
    web_threads: int = _variable("HEADWAY_WEB_THREADS", 8, "Threads of the web process: requests served at once.")
    worker_concurrency: int = _variable("HEADWAY_WORKER_CONCURRENCY", 4, "Jobs that one worker runs at once.")
    log_format: str = _variable("HEADWAY_LOG_FORMAT", "text", "`text` for people, `json` for collectors.")
    log_level: str = _variable("HEADWAY_LOG_LEVEL", "info", "`debug`, `info`, `warning` or `error`.")
    telemetry: str = _variable(
        "HEADWAY_OTLP_ENDPOINT",
        "",
        "An OpenTelemetry collector (OTLP over HTTP) that receives traces of requests and jobs. Empty: none are made.",
    )
    debug: bool = _variable(
        "HEADWAY_DEBUG", False, "Development: tracebacks in the browser and the style page. Never in production."
    )


def read(environ: Mapping[str, str] | None = None) -> Environment:
    """The settings in `environ` (the process's own when None). Raises Invalid naming the variable that is wrong."""
    source = os.environ if environ is None else environ
    values: dict[str, Any] = {}
    for entry in fields(Environment):
        text = source.get(entry.metadata["name"])
        if text is not None and text.strip():
            values[entry.name] = _parse(entry.metadata["name"], entry.default, text.strip())
    return _checked(Environment(**values))


def _parse(name: str, default: object, text: str) -> object:
    if isinstance(default, bool):
        if text.lower() in TRUE | FALSE:
            return text.lower() in TRUE
        raise Invalid(f"{name} must be yes or no, not {text!r}.")
    if isinstance(default, int):
        if text.isascii() and text.isdigit():
            return int(text)
        raise Invalid(f"{name} must be a whole number, not {text!r}.")
    return text


def _checked(env: Environment) -> Environment:
    if env.log_level.lower() not in {"debug", "info", "warning", "error"}:
        raise Invalid(f"HEADWAY_LOG_LEVEL must be debug, info, warning or error, not {env.log_level!r}.")
    if env.log_format not in {"text", "json"}:
        raise Invalid(f"HEADWAY_LOG_FORMAT must be text or json, not {env.log_format!r}.")
    if env.mail != "console" and not env.mail.startswith(("smtp://", "smtps://")):
        raise Invalid("HEADWAY_MAIL must be console, smtp://… or smtps://….")
    if not 0 < env.port < 65536 or not 0 <= env.live_port < 65536:
        raise Invalid("HEADWAY_PORT and HEADWAY_LIVE_PORT must be between 1 and 65535.")
    if env.telemetry and not env.telemetry.startswith(("http://", "https://")):
        raise Invalid("HEADWAY_OTLP_ENDPOINT must be http://… or https://….")
    if env.files.startswith("s3:") and not env.files.removeprefix("s3://").strip("/"):
        raise Invalid("HEADWAY_FILES must be a folder or s3://bucket/prefix.")
    if env.lake.startswith("s3:") and not env.lake.removeprefix("s3://").strip("/"):
        raise Invalid("HEADWAY_LAKE must be a folder or s3://bucket/prefix.")
    if env.lake_memory < 128 or env.lake_threads < 1:
        raise Invalid("HEADWAY_LAKE_MEMORY_MB must be at least 128 and HEADWAY_LAKE_THREADS at least 1.")
    for part in env.trusted_proxies.split(","):
        try:
            ip_network(part.strip() or "127.0.0.1", strict=False)
        except ValueError as error:
            raise Invalid(f"HEADWAY_TRUSTED_PROXIES must be addresses or networks, not {part.strip()!r}.") from error
    if env.mail_listen and not env.mail_listen.startswith(("lmtp://", "smtp://")):
        raise Invalid("HEADWAY_MAIL_LISTEN must be lmtp://… or smtp://….")
    if env.web_threads < 1 or env.worker_concurrency < 1:
        raise Invalid("HEADWAY_WEB_THREADS and HEADWAY_WORKER_CONCURRENCY must be at least 1.")
    return env


def internal_hosts(env: Environment) -> tuple[set[str], list[Network]]:
    """The names and the networks in HEADWAY_INTERNAL_HOSTS; an address is a network of one."""
    names: set[str] = set()
    networks: list[Network] = []
    for part in filter(None, (part.strip() for part in env.internal_hosts.split(","))):
        try:
            networks.append(ip_network(part, strict=False))
        except ValueError:
            names.add(part.rstrip(".").casefold())
    return names, networks


def files_address(env: Environment) -> str:
    """The file store's address with its default filled in."""
    return env.files or str(paths.home() / "files")


def lake_address(env: Environment) -> str:
    """The lake's address with its default filled in."""
    return env.lake or str(paths.home() / "lake")


def database(url: str) -> dict[str, Any]:
    """Django's description of the database at `url`: postgresql://user:password@host:port/name?option=value.

    A socket folder is given as `?host=/folder`. Connections stay open between requests, and are checked before use.
    """
    from urllib.parse import parse_qsl, unquote, urlsplit

    parts = urlsplit(url)
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    host = options.pop("host", "") or (parts.hostname or "")
    # a network client in UTC whatever the server's own zone; jit costs more than it saves on short queries
    options["options"] = f"-c timezone=UTC -c jit=off {options.get('options', '')}".strip()
    # statements that come again and again are planned once (see foundation/rows.py); Django's own are not touched
    options["prepare_threshold"] = 5
    # a server behind a broken line is given up after seconds, not after the two minutes of the network's own patience
    options.setdefault("connect_timeout", "10")
    options.setdefault("tcp_user_timeout", "30000")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or options.pop("port", "")),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }

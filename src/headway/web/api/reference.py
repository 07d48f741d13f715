"""The endpoints as people read them: by noun, with what each asks and answers. Made from the OpenAPI document."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Value:
    """A parameter or property: its name, its type in words, what it means."""

    name: str
    kind: str
    required: bool
    about: str


@dataclass(slots=True)
class Endpoint:
    """One method of one address."""

    name: str
    method: str
    path: str
    about: str
    scope: str | None
    permission: str | None
    parameters: list[Value] = field(default_factory=list)
    body: str = ""
    properties: list[Value] = field(default_factory=list)
    answer: str = ""
    status: str = ""


def endpoints() -> dict[str, list[Endpoint]]:
    """Every endpoint by noun, in the order of the document."""
    from headway.web.api.documents import document

    made = document()
    found: dict[str, list[Endpoint]] = {}
    for path, methods in made["paths"].items():
        for method, described in methods.items():
            found.setdefault(described["tags"][0], []).append(_endpoint(made, path, method, described))
    return found


def markdown() -> str:
    """docs/reference/api.md."""
    from headway.web.api.documents import ABOUT

    lines = ["# REST API v1", "", ABOUT, "", "The OpenAPI document is at `/api/v1/openapi.json`."]
    for noun, entries in endpoints().items():
        lines += ["", f"## {noun}"]
        for entry in entries:
            lines += ["", f"### {entry.method} {entry.path}", "", entry.about, ""]
            lines.append(f"Scope: {_code(entry.scope)}. Permission: {_code(entry.permission)}. Answers: {entry.answer}")
            lines += _table("Parameter", entry.parameters)
            lines += _table(f"Body ({entry.body})" if entry.body else "Body", entry.properties)
    return "\n".join(lines)


def _endpoint(made: dict[str, Any], path: str, method: str, described: dict[str, Any]) -> Endpoint:
    status = next(code for code in described["responses"] if code.startswith("2"))
    content = described["responses"][status].get("content", {})
    schema = next((entry["schema"] for entry in content.values()), None)
    entry = Endpoint(
        name=described["operationId"],
        method=method.upper(),
        path=path,
        about=described.get("description", ""),
        scope=described["x-scope"],
        permission=described["x-permission"],
        answer=f"{status} {_kind(schema)}" if schema else status,
        status=status,
    )
    entry.parameters = [
        Value(given["name"], _kind(given["schema"]), given["required"], given.get("description", ""))
        for given in described.get("parameters", [])
        if given["in"] in ("path", "query")
    ]
    body = described.get("requestBody")
    if body:
        media, inside = next(iter(body["content"].items()))
        wanted = _resolved(made, inside["schema"])
        entry.body = wanted.get("title", media) if media == "application/json" else media
        required = set(wanted.get("required", []))
        entry.properties = [
            Value(name, _kind(given), name in required, given.get("description", ""))
            for name, given in wanted.get("properties", {}).items()
        ]
    return entry


def _resolved(made: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    name = schema.get("$ref", "").rpartition("/")[2]
    return made["components"]["schemas"][name] if name else schema


def _kind(schema: dict[str, Any]) -> str:
    """A type in words: `integer`, `list of TagOut`, `text or null`."""
    if "$ref" in schema:
        name = str(schema["$ref"]).rpartition("/")[2]
        return f"page of {name[7:-1]}" if name.startswith("Listed_") else name
    if "anyOf" in schema:
        return " or ".join(_kind(option) for option in schema["anyOf"])
    if "enum" in schema:
        return ", ".join(str(value) for value in schema["enum"])
    if "const" in schema:
        return str(schema["const"])
    if schema.get("type") == "array":
        return f"list of {_kind(schema.get('items', {}))}"
    words = {"string": "text", "null": "null", "object": "object"}
    if schema.get("format") in ("date-time", "binary"):
        return {"date-time": "time", "binary": "bytes"}[schema["format"]]
    return words.get(str(schema.get("type", "anything")), str(schema.get("type", "anything")))


def _table(title: str, values: list[Value]) -> list[str]:
    if not values:
        return []
    lines = ["", f"| {title} | Type | Meaning |", "| --- | --- | --- |"]
    for value in values:
        name = f"`{value.name}`" + (" (required)" if value.required else "")
        lines.append(f"| {name} | {value.kind} | {' '.join(value.about.split())} |".replace("|  |", "| |"))
    return lines


def _code(text: str | None) -> str:
    return f"`{text}`" if text else "any"

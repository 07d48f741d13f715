"""Paragraphs of format=flowed text (RFC 3676) put back together."""


def unfold(text: str, *, delete_space: bool) -> str:
    """Joins soft-broken lines of the same quote depth; signatures and quotes keep their lines apart."""
    lines: list[str] = []
    pending: list[str] = []
    pending_depth = -1
    for line in text.split("\n"):
        body = line.rstrip("\r").lstrip(">")
        depth = len(line) - len(line.lstrip(">"))
        body = body.removeprefix(" ")
        if pending and depth != pending_depth:
            lines.append(_quoted(pending_depth, pending))
            pending = []
        pending_depth = depth
        if body.endswith(" ") and body != "-- " and body.strip():
            pending.append(body[:-1] if delete_space else body)
            continue
        pending.append(body)
        lines.append(_quoted(depth, pending))
        pending = []
    if pending:
        lines.append(_quoted(pending_depth, pending))
    return "\n".join(lines)


def _quoted(depth: int, pieces: list[str]) -> str:
    text = "".join(pieces)
    return f"{'>' * depth} {text}" if depth else text

"""A script with all that it imports as one file: a page asks for one answer instead of forty.

Our own modules only, which are plain enough to be joined by rule: one import a line, no default exports,
no circles. Each keeps its own scope; what it exports is the value of a function, under the module's name.
"""

import re
from collections.abc import Callable
from posixpath import basename, dirname, join, normpath

_IMPORT = re.compile(r"""^import (?:\{(?P<names>[\w\s,]+)\} from )?["'](?P<place>\./[^"']+)["'];$""", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const) (?P<name>\w+))", re.MULTILINE)
_LEFT = re.compile(r"^(?:import|export)\b.*$", re.MULTILINE)


def joined(name: str, read: Callable[[str], str]) -> str:
    """The script called `name`, after everything it imports. `read` gives a module's text by its name.

    Raises ValueError for a circle, and for an import or an export of a form that is not joined.
    """
    done: dict[str, str] = {}
    _take(name, read, done, ())
    return "\n".join(['"use strict";', *done.values()])


def _take(name: str, read: Callable[[str], str], done: dict[str, str], above: tuple[str, ...]) -> None:
    if name in above:
        raise ValueError(f"{' → '.join([*above, name])}: scripts import each other in a circle")
    if name in done:
        return
    text = read(name)
    needed = {found["place"]: normpath(join(dirname(name), found["place"])) for found in _IMPORT.finditer(text)}
    for other in needed.values():
        _take(other, read, done, (*above, name))
    exported = [found["name"] for found in _EXPORT.finditer(text)]

    def taken(found: re.Match[str]) -> str:
        names = found["names"]
        return f"const {{{names}}} = {_scope(needed[found['place']])};" if names else ""

    body = _EXPORT.sub("", _IMPORT.sub(taken, text))
    left = _LEFT.search(body)
    if left:
        raise ValueError(f"{name}: {left.group()!r} cannot be joined with other scripts")
    given = f"return {{ {', '.join(exported)} }};\n" if exported else ""
    done[name] = f"const {_scope(name)} = (() => {{\n{body}{given}}})();"


def _scope(name: str) -> str:
    return "$" + basename(name).removesuffix(".js").replace("-", "_")

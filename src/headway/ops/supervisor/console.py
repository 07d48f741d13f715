"""One screen for several processes: each line carries the name of the process it comes from."""

import json
import sys

_COLOURS = {"database": 35, "migrate": 33, "web": 36, "live": 32, "worker": 34, "headway": 1}
_WIDTH = 8


class Console:
    """Writes lines for people, in colour on a terminal; with `as_json` one JSON object each, for collectors."""

    def __init__(self, *, as_json: bool) -> None:
        self._as_json = as_json
        self._coloured = sys.stdout.isatty()

    def line(self, name: str, text: str) -> None:
        """One line of process `name`."""
        if not self._as_json:
            label = name.ljust(_WIDTH)
            if self._coloured:
                label = f"\x1b[{_COLOURS.get(name, 37)}m{label}\x1b[0m"
            text = f"{label} │ {text}"
        elif not text.startswith("{"):
            text = json.dumps({"process": name, "event": text}, ensure_ascii=False)
        self._write(text + "\n")

    def plain(self, text: str) -> None:
        """Lines for people to read and copy, without a name before them."""
        if self._as_json:
            self.say(text)
        else:
            self._write(f"\n{text}\n\n")

    def say(self, text: str) -> None:
        """The supervisor's own words."""
        self.line("headway", text)

    def _write(self, text: str) -> None:
        try:
            sys.stdout.write(text)
            sys.stdout.flush()
        except OSError:  # nobody reads any more: keep serving
            pass

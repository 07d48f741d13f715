"""Elements of SVG as text. Everything that comes from outside is escaped here."""

from html import escape


def element(name: str, content: str = "", /, **attributes: str | float) -> str:
    """One element; `class_` and names with underscores become those of SVG. Content is markup already."""
    shown = "".join(f' {_name(key)}="{_value(value)}"' for key, value in attributes.items())
    return f"<{name}{shown}>{content}</{name}>" if content else f"<{name}{shown}/>"


def text(words: str, /, **attributes: str | float) -> str:
    """A line of text."""
    return element("text", escape(words), **attributes)


def drawing(title: str, description: str, content: str, /, **attributes: str | float) -> str:
    """A whole drawing that is read aloud as its title and description."""
    said = element("title", escape(title)) + element("desc", escape(description))
    return element("svg", said + content, role="img", **attributes)


def percent(share: float) -> str:
    """A position in percent."""
    return f"{share * 100:.2f}%"


def _name(key: str) -> str:
    return key.rstrip("_").replace("_", "-") if key not in {"viewBox", "preserveAspectRatio"} else key


def _value(value: str | float) -> str:
    return escape(value) if isinstance(value, str) else f"{value:g}"

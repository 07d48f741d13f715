"""What somebody's machine is, as far as what we show depends on it. Pure."""

import re

_APPLE = re.compile(r"Macintosh|iPhone|iPad|iPod")


def is_apple(user_agent: str) -> bool:
    """Whether its keyboard has a command key (⌘) where others have Ctrl, by what the browser says of itself."""
    return bool(_APPLE.search(user_agent))

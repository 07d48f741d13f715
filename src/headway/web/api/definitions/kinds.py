"""The shapes of names and positions that definitions share."""

from typing import Annotated

from pydantic import Field as Checked

DefinedName = Annotated[str, Checked(min_length=1, max_length=60)]
Position = Annotated[int, Checked(ge=0, le=32_767)]

"""The kinds of values that requests carry. What is not declared is refused, so that a slip of the pen is noticed."""

from typing import Annotated, Literal

from ninja import Path, Query, Schema
from pydantic import AwareDatetime, ConfigDict, Field

MOST_ID = 2**63 - 1

Id = Annotated[int, Field(ge=1, le=MOST_ID)]
# 0 means none: nobody assigned, no team
IdOrNone = Annotated[int, Field(ge=0, le=MOST_ID)]
PathId = Path[Annotated[int, Field(ge=1, le=MOST_ID)]]

Instant = Annotated[AwareDatetime, Field(strict=False, description="RFC 3339 with a zone.")]

Limit = Annotated[int, Field(ge=1, le=100, description="How many a page holds.")]
Cursor = Annotated[str, Field(max_length=500, description="`next` of the page before.")]

Priority = Annotated[Literal[1, 2, 3, 4], Field(description="1 low, 2 normal, 3 high, 4 urgent.")]
Category = Literal["new", "open", "waiting", "hold", "solved", "closed"]

Text = Annotated[str, Field(max_length=2_000_000)]
Subject = Annotated[str, Field(max_length=500)]
Name = Annotated[str, Field(max_length=200)]


class Input(Schema):
    """A body as it is sent: exact types, nothing unknown."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Paging(Schema):
    """Which page of a list."""

    limit: Limit = 50
    cursor: Cursor | None = None


Pages = Query[Paging]

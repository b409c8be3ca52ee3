"""What a list is answered with: one page, and how many there are in all."""

from dataclasses import dataclass
from typing import Generic, TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True)
class Paging:
    """Which page is asked for."""

    limit: int
    offset: int


@dataclass(frozen=True)
class PageFound(Generic[Item]):
    """A page of a list, and how many there are in all: None for more than a thousand."""

    items: tuple[Item, ...]
    total: int | None

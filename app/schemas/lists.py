"""Lists: a page of items, how many there are, and the links to the other pages."""

from typing import Annotated, Generic, TypeVar
from urllib.parse import urlencode

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from app.schemas.base import AnswerModel, Link, Linked, RequestModel

MOST_PAGES = 50
MOST_ITEMS = 100
COUNTED_TO = 1000

Item = TypeVar("Item")


def plain_number(value: object) -> object:
    """A whole number from 1 as it stands in a query, in digits only."""
    # Without this "1_0", " 1" and "1.0" would all be ten or one.
    if isinstance(value, int) or (
        isinstance(value, str) and value.isascii() and value.isdigit() and value[0] != "0"
    ):
        return value
    raise PydanticCustomError("number_form", "a whole number from 1, in digits only")


def _flag(value: object) -> object:
    # Without this "1", "on" and "yes" would all be true.
    if value in ("true", "false"):
        return value == "true"
    if isinstance(value, bool):
        return value
    raise PydanticCustomError("bool_type", "true or false")


AskedFlag = Annotated[bool, BeforeValidator(_flag)]
"""True or false in a query: written `true` or `false`, and in no other way."""


class ListQuery(RequestModel):
    """Which page; subclass it for a list with more parameters. Everything unknown is refused with 400."""

    page: Annotated[int, BeforeValidator(plain_number)] = Field(
        default=1, ge=1, le=MOST_PAGES, description="Sidnummer från 1. Page number from 1."
    )
    limit: Annotated[int, BeforeValidator(plain_number)] = Field(
        default=20, ge=1, le=MOST_ITEMS, description="Antal per sida. Items on a page."
    )

    @property
    def offset(self) -> int:
        """How many items lie before this page."""
        return (self.page - 1) * self.limit


class PageMeta(AnswerModel):
    """Where in the list this page is; `totalRecords` is null when there are more than a thousand."""

    total_records: int | None
    page: int
    limit: int
    count: int


class Page(Linked, Generic[Item]):
    """One page of a list. Subclass it with a name, `class CasePage(Page[CaseOut])`, for a good name."""

    items: list[Item] = Field(max_length=MOST_ITEMS)
    meta: PageMeta = Field(alias="_meta")


def page_meta(query: ListQuery, count: int, total: int | None) -> PageMeta:
    """The page's place in the list; `total` beyond a thousand is not told."""
    told = total if total is not None and total <= COUNTED_TO else None
    return PageMeta(total_records=told, page=query.page, limit=query.limit, count=count)


def page_links(url: str, query: ListQuery, *, more: bool, total: int | None = None) -> list[Link]:
    """Links self, first, prev, next, and last where the total is told; other query parameters are kept.

    `url` is the list's absolute address without query; `more` says whether a page follows.
    """
    given = query.model_dump(mode="json", by_alias=True, exclude_none=True)
    asked = {name: _written(value) for name, value in given.items()}

    def to(rel: str, page: int) -> Link:
        return Link(rel=rel, href=f"{url}?{urlencode({**asked, 'page': page})}")

    links = [to("self", query.page), to("first", 1)]
    if query.page > 1:
        links.append(to("prev", query.page - 1))
    if more and query.page < MOST_PAGES:
        links.append(to("next", query.page + 1))
    if total is not None and total <= COUNTED_TO:
        links.append(to("last", min(MOST_PAGES, max(1, -(-total // query.limit)))))
    return links


def follows(query: ListQuery, count: int, total: int | None) -> bool:
    """Whether a page follows one with so many items;
    where the total is not told, whether this one is full.
    """
    return count == query.limit if total is None else query.offset + count < total


def _written(value: object) -> object:
    """A query value as it is written in an address."""
    return str(value).lower() if isinstance(value, bool) else value

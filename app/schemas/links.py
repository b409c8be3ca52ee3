"""Absolute links, made from the configured base alone: a caller's Host header never ends up in an answer."""

from dataclasses import dataclass
from typing import Literal

from app.schemas.base import Link

Method = Literal["GET", "POST", "PUT", "PATCH", "DELETE"]


@dataclass(frozen=True, slots=True)
class LinkMaker:
    """Makes links below one root, such as https://api.flerpart.example/flerpart/v0."""

    root: str

    def url(self, path: str) -> str:
        """The absolute address of a path such as /cases/…"""
        return self.root + path

    def __call__(self, rel: str, path: str, method: Method = "GET") -> Link:
        """A link; `rel` is IANA's name where there is one (self, next, up, collection, related …)."""
        return Link(rel=rel, href=self.url(path), method=method)

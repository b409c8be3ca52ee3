"""The route of a request, found in one step: the gate has found the template already.

A framework tries its routes one after the other;
with a hundred of them that costs more than the rest of a short request.
"""

from collections.abc import Iterable

from fastapi.routing import APIRoute
from starlette.requests import HTTPConnection
from starlette.routing import BaseRoute, Match
from starlette.types import Receive, Scope, Send

from app.http.exchange import exchange_of


class RouteTable(BaseRoute):
    """Many routes in one, told apart by template and method."""

    def __init__(self, routes: Iterable[APIRoute], base_path: str) -> None:
        self._routes = {
            (base_path + route.path, method): route for route in routes for method in route.methods or ()
        }

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """The one route of this template and method, with its path parameters."""
        if scope["type"] != "http":
            return Match.NONE, {}
        route = self._routes.get((exchange_of(HTTPConnection(scope)).instance, scope["method"]))
        return (Match.NONE, {}) if route is None else route.matches(scope)

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand over to the route that matched."""
        await scope["route"].handle(scope, receive, send)

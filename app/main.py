"""The application, put together: frame, problem boundary, gate, and the versioned API below its base path."""

import gc
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from fastapi_offline import FastAPIOffline
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Mount, Route

from app.deps import Parts
from app.errors import FlerpartError, Unavailable
from app.http import about
from app.http.contract import Contract, Operation
from app.http.dispatch import RouteTable
from app.http.doorkeeper import Doorkeeper
from app.http.frame import Frame
from app.http.gate import InputGate, Limits
from app.http.problems import ProblemBoundary, answer_error
from app.routers import ROUTERS
from app.schemas.document import to_be_tried, tuned

Resource = Callable[[], AbstractAsyncContextManager[object]]

_DOCS = f"{about.BASE_PATH}/docs"
_NO_TELEMETRY: Any = {
    # FastAPI's own instrumentation would record messages of failures, which may quote what was submitted.
    "tracing": False,
    "metrics": False,
    "logs": False,
    "operation_spans": False,
    "auto_configure": False,
}


class VersionedApi(FastAPI):
    """The API of one major version: its routes in one table, its document the tuned one."""

    api_routes: Sequence[APIRoute] = ()

    def serve(self, routes: Sequence[APIRoute]) -> None:
        """Serve these routes; called once."""
        self.api_routes = routes
        self.router.routes.insert(0, RouteTable(routes, about.BASE_PATH))

    def openapi(self) -> dict[str, Any]:
        """The published document; written once."""
        if self.openapi_schema is None:
            self.openapi_schema = tuned(
                get_openapi(
                    title=self.title,
                    version=self.version,
                    description=self.description,
                    terms_of_service=self.terms_of_service,
                    contact=self.contact,
                    license_info=self.license_info,
                    routes=self.api_routes,
                    servers=self.servers,
                    separate_input_output_schemas=self.separate_input_output_schemas,
                    external_docs=self.openapi_external_docs,
                )
            )
        return self.openapi_schema


def create_api(parts: Parts, routers: Sequence[APIRouter] = ROUTERS) -> VersionedApi:
    """The versioned API alone, without frame and gate; `create_app` mounts it."""
    api = VersionedApi(
        title="Flerpart",
        version=about.API_VERSION,
        description=about.DESCRIPTION,
        terms_of_service=about.TERMS_OF_SERVICE,
        contact=about.CONTACT,
        license_info=about.LICENSE,
        openapi_external_docs=about.EXTERNAL_DOCS,
        servers=[{"url": about.PUBLIC_URL, "description": "Drift. Production."}],
        root_path_in_servers=False,
        redirect_slashes=False,
        separate_input_output_schemas=False,
        docs_url=None,
        redoc_url=None,
        telemetry=_NO_TELEMETRY,
    )
    api.serve([route for router in routers for route in router.routes if isinstance(route, APIRoute)])
    for kind in (FlerpartError, HTTPException, RequestValidationError):
        api.add_exception_handler(kind, answer_error)
    api.add_middleware(ProblemBoundary)
    api.state.parts = parts
    return api


def create_app(
    parts: Parts,
    *,
    routers: Sequence[APIRouter] = ROUTERS,
    resources: Sequence[Resource] = (),
    limits: Limits | None = None,
) -> Starlette:
    """The whole application.

    `resources` are opened in order when the server starts and closed in reverse when it stops.
    """
    api = create_api(parts, routers)
    contract = Contract()
    contract.add_document(api.openapi(), about.BASE_PATH)
    for path in ("/livez", "/readyz", f"{about.BASE_PATH}/openapi.json"):
        contract.add(path, "GET", Operation(query=frozenset(), takes_body=False))

    async def livez(_: Request) -> JSONResponse:
        """The process answers; nothing else is touched."""
        return JSONResponse({"status": "ok"})

    async def readyz(_: Request) -> JSONResponse:
        """Whether requests can be answered now."""
        if parts.drain.leaving or (parts.ready is not None and not await parts.ready()):
            raise Unavailable
        return JSONResponse({"status": "ok"})

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with AsyncExitStack() as opened:
            for resource in resources:
                await opened.enter_async_context(resource())
            # What lives from here on lives as long as the process: no collection need look at it again.
            gc.collect()
            gc.freeze()
            yield

    routes: list[BaseRoute] = [Route("/livez", livez), Route("/readyz", readyz)]
    if parts.show_docs:
        routes.append(Mount(_DOCS, _documentation_pages(api)))
    routes.append(Mount(about.BASE_PATH, api))
    return Starlette(
        routes=routes,
        lifespan=lifespan,
        exception_handlers={HTTPException: answer_error},
        middleware=[
            Middleware(Frame, base_path=about.BASE_PATH, drain=parts.drain),
            Middleware(ProblemBoundary),
            Middleware(Doorkeeper, rate=parts.rates.address, trusted_proxies=parts.trusted_proxies),
            Middleware(
                InputGate,
                contract=contract,
                limits=limits,
                open_prefixes=(f"{_DOCS}/",) if parts.show_docs else (),
            ),
        ],
    )


def _documentation_pages(api: VersionedApi) -> FastAPI:
    """Pages for trying the API, all their files served from here."""
    pages = FastAPIOffline(
        title=api.title,
        docs_url="/",
        redoc_url="/reference",
        root_path_in_servers=False,
        telemetry=_NO_TELEMETRY,
    )
    pages.openapi_schema = to_be_tried(api.openapi(), about.BASE_PATH)
    pages.openapi = lambda: pages.openapi_schema or {}  # type: ignore[method-assign]
    return pages

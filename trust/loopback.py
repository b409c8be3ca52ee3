"""A client whose requests reach an API that runs on this machine, whatever name they are addressed to."""

import httpx


class Loopback(httpx.AsyncHTTPTransport):
    """Sends every request to one port of 127.0.0.1, and nowhere else."""

    def __init__(self, port: int, connections: int) -> None:
        super().__init__(
            limits=httpx.Limits(max_connections=connections, max_keepalive_connections=connections)
        )
        self._port = port

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer with what the API on this machine answers; a read that was cut off is asked again."""
        request.url = request.url.copy_with(scheme="http", host="127.0.0.1", port=self._port)
        try:
            return await super().handle_async_request(request)
        except httpx.TransportError:
            if request.method != "GET":
                raise
            return await super().handle_async_request(request)


def client(port: int, connections: int = 64, seconds: float = 20) -> httpx.AsyncClient:
    """A client of the API on a port, with at most so many connections."""
    return httpx.AsyncClient(transport=Loopback(port, connections), timeout=seconds)

"""An issuer that publishes its keys on this machine."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.auth import forge


class PublishedKeys:
    """An issuer's web server on this machine, whose answer a test decides."""

    def __init__(self) -> None:
        self.status = 200
        self.headers: dict[str, str] = {}
        self.body = forge.jwks(forge.ec_jwk("ec-1")).encode()
        self.elsewhere = forge.jwks(forge.ec_jwk("ec-2")).encode()
        self.asked = 0
        self.endless = False
        self.go_on = threading.Event()
        self.go_on.set()
        published = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                published.asked += 1
                if self.path == "/elsewhere":
                    self.answer(200, {}, published.elsewhere)
                else:
                    self.answer(published.status, published.headers, published.body)

            def answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                if not published.endless:
                    self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body[:1])
                self.wfile.flush()
                published.go_on.wait(timeout=20)
                # The client may have hung up by now, as some tests want it to.
                try:
                    self.wfile.write(body[1:])
                    while published.endless:
                        self.wfile.write(b" " * 1024)
                except OSError:
                    self.close_connection = True

            def log_request(self, *args: object) -> None:
                """Say nothing among the tests' lines."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})
        self._thread.start()
        self.uri = f"http://127.0.0.1:{self._server.server_port}/jwks"

    def publish(self, *keys: dict[str, Any]) -> None:
        """Publish these keys from now on."""
        self.body = forge.jwks(*keys).encode()

    def stop(self) -> None:
        """Answer nobody any more."""
        self.go_on.set()
        self.endless = False
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

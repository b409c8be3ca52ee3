import ast
from pathlib import Path

APP = Path(__file__).parents[2] / "app"


def test_only_the_wrapper_touches_the_token_library() -> None:
    """No module but app/auth/tokens.py imports python-jose, so nobody can call it without the checks."""
    importers = {
        path.relative_to(APP).as_posix()
        for path in APP.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
        if name.split(".")[0] == "jose"
    }
    assert importers == {"auth/tokens.py"}

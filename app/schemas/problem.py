"""The shape of every error (RFC 9457), for the published document; app/errors.py writes it."""

from pydantic import Field

from app.schemas.base import AnswerModel, FindingOut


class InvalidParameter(AnswerModel):
    """One wrong value: where and why, never what."""

    pointer: str = Field(description="JSON pointer into the body, or `query:` and the parameter's name.")
    code: str
    message: str


class Problem(AnswerModel):
    """An error. `code` is stable and what programs should look at; `title` and `detail` are for people."""

    type: str = Field(description="A stable URI for the kind of problem.")
    title: str
    status: int = Field(ge=400, le=599)
    detail: str
    instance: str = Field(description="The template of the path, never ids.")
    code: str
    invalid_parameters: list[InvalidParameter] = Field(default=[], max_length=50)
    findings: list[FindingOut] = Field(
        default=[], max_length=200, description="The rules that refuse the act, each with its clause."
    )

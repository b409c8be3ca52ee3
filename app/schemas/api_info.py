"""What the API says about itself (VER.07 of the API profile fixes the names)."""

from typing import Literal

from pydantic import Field

from app.schemas.base import Day, Linked


class ApiInfo(Linked):
    """Name, version, state and documentation of this API."""

    api_name: str = Field(max_length=64)
    api_version: str = Field(pattern=r"^\d+\.\d+\.\d+$")
    api_released: Day
    api_documentation: str = Field(max_length=2048)
    api_status: Literal["alpha", "beta", "active", "deprecated", "retired", "decommissioned"]

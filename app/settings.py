"""What an installation decides: where the database and the keys are, and how callers reach the API."""

from pathlib import Path
from typing import Literal
from uuid import UUID

from pydantic import Field, IPvAnyNetwork, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from app.http import about


class Settings(BaseSettings):
    """Read from the environment. Missing ones are named at start-up, never shown."""

    model_config = SettingsConfigDict(extra="ignore", hide_input_in_errors=True)

    database_url: SecretStr = Field(description="The application's login, which owns nothing.")
    keys_file: Path = Field(validation_alias="FLERPART_KEYS_FILE")
    base_url: str = Field(default=about.PUBLIC_URL, validation_alias="FLERPART_BASE_URL")
    audience: str = Field(default=about.RESOURCE, validation_alias="FLERPART_AUDIENCE")
    token_seconds: int = Field(
        default=900,
        ge=60,
        le=3600,
        description="The longest life of a token that is accepted.",
        validation_alias="FLERPART_TOKEN_SECONDS",
    )
    show_docs: bool = Field(default=False, validation_alias="FLERPART_SHOW_DOCS")
    development_clock: Path | None = Field(
        default=None,
        validation_alias="FLERPART_DEVELOPMENT_CLOCK",
        description="A file by which development moves the clock; heeded only beside a development key.",
    )
    grace_seconds: float = Field(
        default=5,
        ge=0,
        le=60,
        description="How long the API still serves after SIGTERM, while /readyz already says that it leaves.",
        validation_alias="FLERPART_GRACE_SECONDS",
    )
    caller_rate: float = Field(
        default=20,
        ge=0,
        description="Requests a second of one caller, for each process; 0 is no limit, here and below.",
        validation_alias="FLERPART_CALLER_RATE",
    )
    organisation_rate: float = Field(default=200, ge=0, validation_alias="FLERPART_ORGANISATION_RATE")
    address_rate: float = Field(default=400, ge=0, validation_alias="FLERPART_ADDRESS_RATE")
    persons_per_hour: int = Field(
        default=300,
        ge=0,
        description="Different persons one account may be shown within an hour, over all processes.",
        validation_alias="FLERPART_PERSONS_PER_HOUR",
    )
    trusted_proxies: list[IPvAnyNetwork] = Field(
        default=[],
        description="Whose X-Forwarded-For is believed, as a JSON list of networks.",
        validation_alias="FLERPART_TRUSTED_PROXIES",
    )
    log_level: Literal["info", "warning"] = Field(default="info", validation_alias="FLERPART_LOG_LEVEL")
    pool_size: int = Field(default=10, ge=1, le=100, validation_alias="FLERPART_POOL_SIZE")
    names_in_log_extracts: frozenset[UUID] = Field(
        default=frozenset(),
        validation_alias="FLERPART_NAMES_IN_LOG_EXTRACTS",
        description="The organisations, as a JSON list of ids, whose log extracts name the officer.",
    )
    worker_seconds: float = Field(
        default=60,
        gt=0,
        description="Between two turns of the worker.",
        validation_alias="FLERPART_WORKER_SECONDS",
    )


class MigrationSettings(BaseSettings):
    """For commands that migrate or load: the migrator's login, kept out of the API's environment."""

    model_config = SettingsConfigDict(extra="ignore", hide_input_in_errors=True)

    migration_database_url: SecretStr
    keys_file: Path = Field(validation_alias="FLERPART_KEYS_FILE")
    audience: str = Field(default=about.RESOURCE, validation_alias="FLERPART_AUDIENCE")

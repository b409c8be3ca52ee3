# Flerpart in production: the API, its worker and its migrations from one image. PostgreSQL is a server of yours.
#
#   docker build -t flerpart .
#   docker run --env-file migrate.env flerpart migrate     before each release, then: load-agreements
#   docker run --env-file api.env -p 8000:8000 flerpart    the API (serve, on all addresses of the container)
#   docker run --no-healthcheck --env-file api.env flerpart worker     what time brings; one or several
#
# api.env: DATABASE_URL (login flerpart_api), FLERPART_BASE_URL, FLERPART_AUDIENCE, FLERPART_KEYS_FILE.
# migrate.env: MIGRATION_DATABASE_URL (a login with CREATEROLE and NOINHERIT that owns the database, no superuser),
# FLERPART_API_PASSWORD, FLERPART_KEYS_FILE. Keep it away from the API.
# FLERPART_KEYS_FILE names a mounted file that uid 10001 alone can read.
#
# PostgreSQL's own log must not come to hold what is submitted about people; the API warns at start where it might:
#   log_min_messages=log log_min_error_statement=panic log_error_verbosity=terse
#   log_parameter_max_length=0 log_parameter_max_length_on_error=0
# Behind a proxy: FLERPART_TRUSTED_PROXIES='["10.0.0.0/8"]'. Limits and their figures: app/settings.py.
# Readiness is /readyz; after SIGTERM it says 503 while FLERPART_GRACE_SECONDS pass, and 25 seconds more may be needed.

FROM python:3.13-slim AS builder
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/venv
COPY requirements.txt .
RUN /opt/venv/bin/python -m pip install --require-hashes --only-binary :all: -r requirements.txt

FROM python:3.13-slim
RUN useradd --system --uid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin flerpart
COPY --from=builder /opt/venv /opt/venv
WORKDIR /srv/flerpart
COPY alembic alembic
COPY app app
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1
RUN python -m compileall -q app
USER 10001
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
    CMD ["python", "-c", "from urllib.request import *; build_opener(ProxyHandler({})).open('http://127.0.0.1:8000/livez', timeout=2)"]
ENTRYPOINT ["python", "-m", "app.cli"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000"]

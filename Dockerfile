# Two stages: the first has what building needs, the second only what running needs.
FROM python:3.13-slim-bookworm AS build
WORKDIR /src
COPY requirements/run.txt requirements/run.txt
RUN python -m venv /venv && /venv/bin/python -m pip install --no-cache-dir --require-hashes -r requirements/run.txt
COPY pyproject.toml README.md LICENSE ./
COPY aid aid
COPY bot bot
COPY config config
COPY jobs jobs
RUN /venv/bin/python -m pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.13-slim-bookworm
# A fixed number, so that files it writes outside the container keep an owner one can name.
RUN useradd --uid 10001 --create-home ayni && install -d -o ayni -g ayni -m 700 /data /keys
COPY --from=build /venv /venv
# The key lies apart from the data, so that a copy of the data volume opens nothing.
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    AYNI_DATA_DIR=/data \
    AYNI_KEY_FILE=/keys/ayni.key \
    AYNI_HTTP_HOST=0.0.0.0 \
    AYNI_HTTP_PORT=8080
USER ayni
WORKDIR /data
VOLUME ["/data", "/keys"]
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(f'http://127.0.0.1:{os.environ[\"AYNI_HTTP_PORT\"]}/healthz', timeout=4)"]
ENTRYPOINT ["ayni"]
CMD ["run"]

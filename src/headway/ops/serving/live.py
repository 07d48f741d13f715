"""The live process: uvicorn, one event loop for every open screen."""

import uvicorn

from headway.foundation import environment

# Screens hold their stream open for ever and reconnect by themselves: waiting for them would be waiting for ever.
_DRAIN_SECONDS = 2


def run() -> None:
    """Serves until SIGTERM, closes the streams and returns."""
    env = environment.read()
    uvicorn.run(
        "headway.web.live.app:app",
        host=env.host,
        port=env.live_port or env.port + 1,
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        lifespan="on",
        timeout_graceful_shutdown=_DRAIN_SECONDS,
        # whose word counts is decided by HEADWAY_TRUSTED_PROXIES, in one place
        proxy_headers=False,
    )

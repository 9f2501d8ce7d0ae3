"""Hub clients that talk to a Hub of one's own."""

from __future__ import annotations

import os
from pathlib import Path


def client_environment(endpoint: str, token: str, home: Path) -> dict[str, str]:
    """The environment in which Hub clients talk to this Hub and to nobody else. They read it when they start."""
    return {
        **os.environ,
        "HF_ENDPOINT": endpoint,
        "HF_TOKEN": token,
        "HF_HOME": str(home),
        "HF_HUB_DISABLE_XET": "1",
        "HF_HUB_DISABLE_TELEMETRY": "1",
        "HF_UPDATE_DOWNLOAD_COUNTS": "0",
        "HF_HUB_DISABLE_PROGRESS_BARS": "1",
        "HF_DATASETS_DISABLE_PROGRESS_BARS": "1",
        "HF_HUB_DISABLE_UPDATE_CHECK": "1",
        "NO_PROXY": "127.0.0.1",
    }

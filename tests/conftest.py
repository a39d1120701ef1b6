"""What several test files share."""

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared() -> Path:
    """The specification folder beside the repository; tests that read it skip where it is absent."""
    folder = Path(os.environ.get("RATIONE_SHARED", Path(__file__).parents[2] / "shared"))
    if not folder.is_dir():
        pytest.skip("the specification folder is not here")
    return folder

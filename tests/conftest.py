"""What several test files share."""

import os
import shutil
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared() -> Path:
    """The specification folder beside the repository; tests that read it skip where it is absent."""
    folder = Path(os.environ.get("RATIONE_SHARED", Path(__file__).parents[2] / "shared"))
    if not folder.is_dir():
        pytest.skip("the specification folder is not here")
    return folder


def _program(name: str, package: str) -> str:
    """The path of a program; where it is missing the test is skipped, in continuous integration it fails."""
    found = shutil.which(name)
    if found is None:
        reason = f"{name} is not here; install {package} (on Debian: apt-get install {package})"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return found


@pytest.fixture(scope="session")
def chromium() -> str:
    return _program("chromium", "chromium")


@pytest.fixture(scope="session")
def java() -> str:
    return _program("java", "openjdk-17-jre-headless")

from pathlib import Path

import pytest

from ratione.registry import Registry

SMALL = Path(__file__).parent / "small"


@pytest.fixture(scope="session")
def registry() -> Registry:
    """The registry that comes with the package."""
    return Registry.load()


@pytest.fixture(scope="session")
def small() -> Registry:
    """The invented registry beside these tests."""
    return Registry.load(SMALL)

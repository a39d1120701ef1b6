"""What the tests of the reading share."""

import pytest

from ratione.registry.snapshot import Registry


@pytest.fixture(scope="session")
def registry() -> Registry:
    return Registry.load()

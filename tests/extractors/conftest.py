"""What the tests of reading share: the reference facts, loaded once."""

import pytest

from schemas.reference import Reference, load_reference


@pytest.fixture(scope="session")
def reference() -> Reference:
    """The reference facts."""
    return load_reference()

"""Imports point upstream, and rooms keep their inner order."""

import logging

import pytest
from importlinter.cli import lint_imports


@pytest.fixture(autouse=True)
def _loggers_stay():
    """The linter sets up logging anew and silences every logger there is; tests that read the log come after."""
    before = {name: one.disabled for name, one in _loggers().items()}
    yield
    for name, one in _loggers().items():
        one.disabled = before.get(name, False)


def _loggers() -> dict[str, logging.Logger]:
    known = logging.root.manager.loggerDict
    return {name: one for name, one in known.items() if isinstance(one, logging.Logger)}


def test_every_import_contract_holds():
    assert lint_imports(no_cache=True) == 0

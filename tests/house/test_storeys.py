"""Imports point upstream, and rooms keep their inner order."""

from importlinter.cli import lint_imports


def test_every_import_contract_holds():
    assert lint_imports(no_cache=True) == 0

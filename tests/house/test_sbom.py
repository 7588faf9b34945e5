"""The bill of materials is made from the lock, names every part, and is the same whoever makes it."""

import json
import re

import pytest

from scripts import sbom
from tests.house.source import ROOT


def test_it_is_current_and_can_be_made_again_to_the_letter():
    assert sbom.SBOM.read_text("utf-8") == sbom.sbom(sbom.parts()) == sbom.sbom(sbom.parts())
    assert sbom.LICENCES.read_text("utf-8") == sbom.licences(sbom.parts())


def test_it_names_every_part_of_the_lock_with_its_version():
    said = json.loads(sbom.SBOM.read_text("utf-8"))
    told = {(one["name"], one["version"]): one["scope"] for one in said["components"]}
    for lock, scope in (("requirements.txt", {"required"}), ("requirements-dev.txt", {"required", "excluded"})):
        pinned = re.findall(r"^([a-z0-9][\w.-]*)(?:\[.*\])?==(\S+)", (ROOT / lock).read_text("utf-8"), re.MULTILINE)
        assert len(pinned) > 30
        assert {told.get(one) for one in pinned} == scope
    assert (said["bomFormat"], said["specVersion"]) == ("CycloneDX", "1.6")
    assert "timestamp" not in said["metadata"]


def test_every_part_says_who_allows_what():
    unknown = [one for one in sbom.parts() if one.licence == "see its files" or "Proprietary" in one.licence]
    assert unknown == []


def test_a_package_that_is_installed_nowhere_is_an_error_and_no_guess():
    with pytest.raises(KeyError):
        sbom._licence("a-package-of-nowhere")

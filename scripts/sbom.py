"""What the product is made of, from the lock: docs/sbom.json (CycloneDX 1.6) and docs/licences.md.

`python -m scripts.sbom` writes both, the same bytes for the same lock; with --check it says whether they are current.
"""

import hashlib
import json
import re
import sys
import tomllib
import uuid
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.model.license import DisjunctiveLicense
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

ROOT = Path(__file__).resolve().parents[1]
SBOM, LICENCES = ROOT / "docs" / "sbom.json", ROOT / "docs" / "licences.md"
PIN = re.compile(r"^([a-z0-9][\w.-]*)(?:\[[\w,]+\])?==([^\s;\\]+)", re.MULTILINE)
PLAIN = 40
# Wanted on Windows alone, so not installed where this is made.
ELSEWHERE = {"colorama": "BSD-3-Clause"}
# What their own words do not say in one line; read in the files they bring.
READ = {"axe-playwright-python": "MIT"}
# One licence goes by several names, from one version of a package to the next.
SAME = {
    "MIT License": "MIT",
    "BSD License": "BSD",
    "BSD 2-Clause License": "BSD-2-Clause",
    "Apache Software License": "Apache-2.0",
    "Apache License": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
}


@dataclass(frozen=True)
class Part:
    """One package of the lock; `is_ours` when the product itself needs it, not only those who develop it."""

    name: str
    version: str
    licence: str
    is_ours: bool


def parts() -> list[Part]:
    """Every package that is pinned, by name."""
    ours = dict(PIN.findall((ROOT / "requirements.txt").read_text("utf-8")))
    all_of_them = {**dict(PIN.findall((ROOT / "requirements-dev.txt").read_text("utf-8"))), **ours}
    return [Part(name, version, _licence(name), name in ours) for name, version in sorted(all_of_them.items())]


def sbom(found: list[Part]) -> str:
    """The bill of materials: no moment and no machine in it, so that it can be made again and compared."""
    lock = hashlib.sha256((ROOT / "requirements-dev.txt").read_bytes()).hexdigest()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    itself = Component(name=project["name"], version=project["version"], type=ComponentType.APPLICATION)
    itself.bom_ref.value = project["name"]
    bom = Bom(
        serial_number=uuid.uuid5(uuid.NAMESPACE_OID, lock),
        metadata=BomMetaData(component=itself),
        components=[_component(one) for one in found],
    )
    bom.register_dependency(itself, [one for one in bom.components if one.scope is ComponentScope.REQUIRED])
    said = json.loads(JsonV1Dot6(bom).output_as_string())
    del said["metadata"]["timestamp"]
    return json.dumps(said, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def licences(found: list[Part]) -> str:
    """A table of who allows what, for those who must ask."""
    lines = [f"| {one.name} | {one.version} | {one.licence} |" for one in found if one.is_ours]
    others = [f"| {one.name} | {one.version} | {one.licence} |" for one in found if not one.is_ours]
    head = ["| part | version | licence, as it says itself |", "|---|---|---|"]
    return "\n".join(
        [
            "# Licences of the parts",
            "",
            "Made from the lock by `make sbom`; the product itself is under Apache-2.0. The drivers of PostgreSQL are",
            "under the LGPL: they are used unchanged and can be replaced. Scripts, styles and drawings of the pages",
            "are our own, the letters on them those of the reader's machine. One thing is copied into the source: the",
            "fonts that a PDF embeds, cut down from Noto Serif SC, Noto Sans SC and LXGW WenKai under the SIL Open",
            "Font License 1.1 (huying/papers/fonts/README.md).",
            "",
            "## In the product",
            "",
            *head,
            *lines,
            "",
            "## Only for those who develop it",
            "",
            *head,
            *others,
            "",
        ]
    )


def _component(part: Part) -> Component:
    scope = ComponentScope.REQUIRED if part.is_ours else ComponentScope.EXCLUDED
    made = Component(
        name=part.name,
        version=part.version,
        type=ComponentType.LIBRARY,
        scope=scope,
        purl=PackageURL("pypi", None, part.name, part.version),
        licenses=[DisjunctiveLicense(name=part.licence)],
    )
    made.bom_ref.value = f"pkg:pypi/{part.name}@{part.version}"
    return made


def _licence(name: str) -> str:
    if name in READ:
        return READ[name]
    try:
        about = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return ELSEWHERE[name]
    told = [about.get("License-Expression") or "", *_classified(about), about.get("License") or ""]
    said = next((one for one in told if one and "\n" not in one and len(one) <= PLAIN), "see its files")
    return SAME.get(said, said)


def _classified(about: metadata.PackageMetadata) -> list[str]:
    found = [line.split("::")[-1].strip() for line in about.get_all("Classifier") or [] if line.startswith("License")]
    return [", ".join(sorted(found))] if found else []


def main(words: list[str]) -> int:
    """Both are written; with --check, 1 when one is not current."""
    found = parts()
    made = {SBOM: sbom(found), LICENCES: licences(found)}
    if "--check" in words:
        stale = [file.name for file, text in made.items() if not file.exists() or file.read_text("utf-8") != text]
        print(f"not current, run `make sbom`: {', '.join(stale)}" if stale else "the bill of materials is current")
        return 1 if stale else 0
    for file, text in made.items():
        file.write_text(text, "utf-8")
    print(f"{len(found)} parts, {sum(one.is_ours for one in found)} of them in the product")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""One verification for somebody at a terminal: files read, everything looked over, the run written down."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from huying.appeals import gaps, receipts, sealing, verifying
from huying.appeals.due import pulse
from huying.appeals.verifying import Counted, Fault
from huying.rules import seals as rules
from huying.rules.seals import NotASeal

LARGEST = 512 * 1024 * 1024


@dataclass(frozen=True)
class Verified:
    """What was found, in the order of the ledger, and how much was looked at."""

    faults: list[Fault]
    counted: Counted
    missing: dict[str, list[str]]


def verify(*, seal_files: Sequence[Path], receipt_file: Path | None, at: datetime) -> Verified:
    """Everything was looked over, and it stands written down when."""
    counted, brought = Counted(), outside(seal_files)
    try:
        receipt = receipts.read(_read(receipt_file)) if receipt_file is not None else None
        found = list(verifying.faults(counted, outside=brought, receipt=receipt))
    except NotASeal as error:
        raise CommandError(str(error), returncode=2) from error
    pulse.verified(at=at, first=line(found[0]) if found else "")
    return Verified(found, counted, gaps.missing(brought, [receipt] if receipt is not None else []))


def outside(seal_files: Sequence[Path]) -> list[Any]:
    """The seals in these files. Raises CommandError for a file that holds none."""
    try:
        return [one for file in seal_files for one in sealing.read(_read(file))]
    except NotASeal as error:
        raise CommandError(str(error), returncode=2) from error


def line(fault: Fault) -> str:
    """One fault in words."""
    return f"{fault.organisation} {fault.number} 第 {fault.sequence} 条：{fault.why}".strip()


def missing_lines(missing: dict[str, list[str]]) -> list[str]:
    """Every number that the outside knows and nobody finds here, in stretches: nothing of it is left out."""
    lines = []
    for code, numbers in missing.items():
        said = "、".join(first if many == 1 else f"{first} 至 {last}" for first, last, many in rules.ranges(numbers))
        lines.append(f"{code} 外面有、这里没有的 {len(numbers)} 件：{said}")
    return lines


def summary(found: Verified) -> str:
    """The last line."""
    seen = found.counted
    looked = f"看了 {seen.appeals} 件诉求、{seen.events} 条记录、{seen.seals} 次封存"
    return f"{looked}，{f'有 {len(found.faults)} 处被改过。' if found.faults else '没有被改过。'}"


def _read(file: Path) -> Any:
    try:
        if file.stat().st_size > LARGEST:
            raise NotASeal(f"文件太大：{file.name}")
        return json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        if isinstance(error, NotASeal):
            raise
        raise NotASeal(f"读不出文件 {file.name}") from error

"""MAP.toml: which column holds what, and what all rows share."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from huying.appeals import queries
from huying.appeals.past import Source
from huying.channels import inbox
from huying.ops.history.rows import BadMap
from huying.people import queries as people
from huying.rules.enums import AppealKind

TABLES = {"columns", "defaults"}
DEFAULTS = {"channel", "topic", "kind", "school"}


@dataclass(frozen=True)
class Plan:
    """How to read a sheet, and where its rows belong."""

    columns: dict[str, str]
    source: Source


def load(file: Path) -> Plan:
    """The plan a map describes; `BadMap` says what is wrong with it."""
    try:
        said = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadMap(f"读不出列对照表 {file.name}：{error}") from error
    columns, defaults = said.get("columns"), said.get("defaults", {})
    if not isinstance(columns, dict) or not isinstance(defaults, dict) or set(said) - TABLES:
        raise BadMap("列对照表要有 [columns]，可以有 [defaults]，不能有别的")
    if not all(isinstance(value, str) for value in [*columns.values(), *defaults.values()]):
        raise BadMap("列对照表里的值都要写成文字")
    if set(defaults) - DEFAULTS:
        raise BadMap(f"[defaults] 里不认识：{sorted(set(defaults) - DEFAULTS)}")
    return Plan(columns=columns, source=_source(defaults))


def _source(defaults: dict[str, str]) -> Source:
    channel = inbox.channel_by_code(defaults.get("channel", "hotline"))
    topic = queries.topic_by_code(defaults.get("topic", "other"))
    if channel is None:
        raise BadMap(f"没有这个渠道：{defaults.get('channel', 'hotline')}")
    if topic is None:
        raise BadMap(f"没有这个事项分类：{defaults.get('topic', 'other')}")
    try:
        kind = AppealKind(defaults.get("kind", AppealKind.INQUIRY))
    except ValueError as error:
        raise BadMap(f"没有这个性质：{defaults['kind']}") from error
    return Source(channel=channel, topic=topic, kind=kind, place=_place(defaults.get("school")))


def _place(code: str | None):  # type: ignore[no-untyped-def]
    """The named school; else the only one there is, else the county."""
    if code:
        named = people.unit_by_code(code)
        if named is None:
            raise BadMap(f"没有这个单位：{code}")
        return named
    schools = list(people.schools()[:2])
    place = schools[0] if len(schools) == 1 else people.county()
    if place is None:
        raise BadMap("还没有单位，请先运行 huying setup")
    return place

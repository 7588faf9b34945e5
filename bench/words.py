"""Words that set one copy apart from another, and the tokens under which they are found."""

import random
from functools import cache

from huying.language import tokens
from huying.language.contacts import without_contacts

SINCE = ("上周起", "这个月", "开学以后", "昨天", "连着三天", "国庆后", "考试期间", "下雨那天", "放学时", "早读前")
PLACES = (
    "校门口", "食堂二楼", "操场东侧", "三号教学楼", "校车站点", "宿舍一层", "阅览室", "实验室", "报告厅", "卫生间",
    "车棚", "传达室", "微机室", "医务室", "跑道", "围墙外", "楼梯间", "美术室",
)  # fmt: skip
THINGS = (
    "灯不亮", "排队太久", "地面湿滑", "声音太吵", "味道很重", "没有热水", "桌椅松动", "窗户漏风", "改时间没通知",
    "收费没有单据", "作业太多", "换了老师", "分班不清楚", "座位太靠后", "校服尺码不对", "托管结束太晚", "门锁坏了",
    "饭菜偏凉", "手机管理不一", "请假手续麻烦", "值班电话没人接", "通知看不懂", "课程表有误", "空调不开",
)  # fmt: skip
# A word that stands in about one of a thousand.
RARE = "鱼缸"


def line(draw: random.Random) -> str:
    """One more sentence."""
    said = f"{draw.choice(SINCE)}{draw.choice(PLACES)}{draw.choice(THINGS)}"
    return f"{said}，旁边还有{RARE}。" if draw.random() < 0.001 else f"{said}。"


@cache
def _tokens_of(words: str) -> tuple[str, ...]:
    return tuple(tokens.index_tokens(without_contacts(words)))


def entry(number: str, external_ref: str, pieces: list[str]) -> str:
    """What stands in the index: the same as `search.entry_for` makes, from pieces that are spelled once."""
    found = dict.fromkeys(tokens.index_tokens(f"{number}\n{external_ref}"))
    for piece in pieces:
        found.update(dict.fromkeys(_tokens_of(piece)))
    return " ".join(found)

"""The measures of an official paper, in one place for all renderings (after GB/T 9704-2012, as domain guide §10)."""

from typing import Final

PAGE_WIDTH, PAGE_HEIGHT = 210.0, 297.0  # mm, A4
TOP, BOTTOM, LEFT, RIGHT = 37.0, 35.0, 28.0, 26.0  # mm
TYPE_WIDTH = PAGE_WIDTH - LEFT - RIGHT  # 156 mm
POINTS_PER_MM: Final = 72 / 25.4

LINES, CHARACTERS = 22, 28
LINE: Final = 28.95  # points: 22 of them are 224.7 mm of 225
BODY, TITLE, SMALL, CELL, FINE = 16.0, 22.0, 14.0, 12.0, 10.5  # points: 三号, 二号, 四号, 小四, 五号
PITCH: Final = TYPE_WIDTH * POINTS_PER_MM / CHARACTERS  # 15.79 points
TITLE_LINE, SMALL_LINE, CELL_LINE, FINE_LINE = 34.0, 22.0, 19.0, 16.0  # points

HEAD_SPACE = 35.0  # mm between the top of the type area and the red head
LARGEST_HEAD, SMALLEST_HEAD = 48.0, 22.0  # points
RULE_SPACE = 4.0  # mm between 发文字号 and the red rule
RED: Final = "D80000"
FOOT_SPACE = 7.0  # mm between the type area and the page number


def head_size(organ: str) -> float:
    """Points of the red head: as large as fits on one line, within bounds."""
    fits = TYPE_WIDTH * POINTS_PER_MM / max(len(organ), 1) * 0.94
    return round(min(LARGEST_HEAD, max(SMALLEST_HEAD, fits)), 1)

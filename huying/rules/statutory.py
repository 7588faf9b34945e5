"""The days off that the law itself names, for a year whose official notice is not known.

They give a provisional date, never a firm one: without the notice nobody knows which weekends will be worked (调休).
"""

from datetime import date, timedelta
from typing import Final

SOURCE: Final = "《全国年节及纪念日放假办法》（2024年11月10日修订）"

# Spring Festival, Dragon Boat and Mid-Autumn by year, month and day: the moon's calendar is a table, not a formula.
# Two independent lunar libraries agree on every entry. After the last year the other holidays still stand, and every
# date of such a year is provisional anyway.
_MOON: Final = """
    2004 0122 0622 0928 | 2005 0209 0611 0918 | 2006 0129 0531 1006 | 2007 0218 0619 0925
    2008 0207 0608 0914 | 2009 0126 0528 1003 | 2010 0214 0616 0922 | 2011 0203 0606 0912
    2012 0123 0623 0930 | 2013 0210 0612 0919 | 2014 0131 0602 0908 | 2015 0219 0620 0927
    2016 0208 0609 0915 | 2017 0128 0530 1004 | 2018 0216 0618 0924 | 2019 0205 0607 0913
    2020 0125 0625 1001 | 2021 0212 0614 0921 | 2022 0201 0603 0910 | 2023 0122 0622 0929
    2024 0210 0610 0917 | 2025 0129 0531 1006 | 2026 0217 0619 0925 | 2027 0206 0609 0915
    2028 0126 0528 1003 | 2029 0213 0616 0922 | 2030 0203 0605 0912 | 2031 0123 0624 1001
    2032 0211 0612 0919 | 2033 0131 0601 0908 | 2034 0219 0620 0927 | 2035 0208 0610 0916
    2036 0128 0530 1004 | 2037 0215 0618 0924 | 2038 0204 0607 0913 | 2039 0124 0527 1002
    2040 0212 0614 0920 | 2041 0201 0603 0910 | 2042 0122 0622 0928 | 2043 0210 0611 0917
    2044 0130 0531 1005 | 2045 0217 0619 0925 | 2046 0206 0608 0915 | 2047 0126 0529 1004
    2048 0214 0615 0922 | 2049 0202 0604 0911 | 2050 0123 0623 0930 | 2051 0211 0613 0919
    2052 0201 0601 0907 | 2053 0219 0620 0926 | 2054 0208 0610 0916 | 2055 0128 0530 1005
    2056 0215 0617 0924 | 2057 0204 0606 0913 | 2058 0124 0625 1002 | 2059 0212 0614 0921
    2060 0202 0603 0909 | 2061 0121 0622 0928 | 2062 0209 0611 0917 | 2063 0129 0601 1006
    2064 0217 0619 0925 | 2065 0205 0608 0915 | 2066 0126 0528 1003 | 2067 0214 0616 0923
    2068 0203 0604 0911 | 2069 0123 0623 0929 | 2070 0211 0613 0919 | 2071 0131 0602 0908
    2072 0219 0620 0926 | 2073 0207 0610 0916 | 2074 0127 0530 1005 | 2075 0215 0617 0924
    2076 0205 0606 0912 | 2077 0124 0624 1001 | 2078 0212 0614 0920 | 2079 0202 0604 0910
    2080 0122 0622 0928 | 2081 0209 0611 0917 | 2082 0129 0601 1006 | 2083 0217 0619 0926
    2084 0206 0607 0914 | 2085 0126 0527 1003 | 2086 0214 0615 0922 | 2087 0203 0605 0911
    2088 0124 0623 0929 | 2089 0210 0613 0918 | 2090 0130 0602 0908 | 2091 0218 0621 0927
    2092 0207 0609 0916 | 2093 0127 0529 1005 | 2094 0215 0617 0924 | 2095 0205 0606 0913
    2096 0125 0624 0930 | 2097 0212 0614 0920 | 2098 0201 0604 0909 | 2099 0121 0623 0929
"""


def _moon_days(entry: str) -> tuple[int, tuple[date, ...]]:
    year, *days = entry.split()
    return int(year), tuple(date(int(year), int(day[:2]), int(day[2:])) for day in days)


MOON_DAYS: Final = dict(_moon_days(entry) for line in _MOON.strip().splitlines() for entry in line.split("|"))


def qingming(year: int) -> date:
    """The day of 清明, exact for 2000 to 2099."""
    within = year % 100
    return date(year, 4, int(within * 0.2422 + 4.81) - within // 4)


def days_off(year: int) -> dict[date, str]:
    """The 13 statutory days of a year by name. Those that follow the moon are missing outside the table's years."""
    fixed = {
        date(year, 1, 1): "元旦",
        qingming(year): "清明节",
        date(year, 5, 1): "劳动节",
        date(year, 5, 2): "劳动节",
        date(year, 10, 1): "国庆节",
        date(year, 10, 2): "国庆节",
        date(year, 10, 3): "国庆节",
    }
    if year not in MOON_DAYS:
        return fixed
    spring, boat, autumn = MOON_DAYS[year]
    moving = {spring + timedelta(days=offset): "春节" for offset in (-1, 0, 1, 2)}
    # 中秋 may fall on a National Day: the day is then called by both.
    both = "、".join((fixed[autumn], "中秋节")) if autumn in fixed else "中秋节"
    return {**fixed, **moving, boat: "端午节", autumn: both}

"""Papers of an invented school in an invented county, to print and to look at."""

from datetime import UTC, date, datetime

from huying.papers.bulletin.facts import (
    AlarmFact,
    BulletinFacts,
    CaseList,
    CounterFact,
    Grid,
    Head,
    IndicatorFact,
    ListedCase,
    MatterFact,
    Standing,
)
from huying.papers.sheets import Form


def rate(code, name, n, of, *, basis, compared=""):
    said = f"{n / of:.1%}（{n}/{of}）" if of >= 10 else f"{n}/{of}"
    return IndicatorFact(code, name, n, of, n / of if of >= 10 else None, said, basis, "1", compared=compared)


CHANNELS = Grid(
    "channel",
    "按渠道",
    (Head("channel", "渠道", Form.TEXT), Head("received", "受理（件）"), Head("before", "上月（件）")),
    (("校长信箱", 11, 14), ("校惠民电话", 16, 19), ("12345 转办", 9, 11), ("来访", 6, 7), ("合计", 42, 51)),
)
KINDS = Grid(
    "kind",
    "按性质",
    (Head("kind", "性质", Form.TEXT), Head("received", "受理（件）"), Head("share", "占比", Form.SHARE)),
    (("咨询", 14, 14 / 42), ("求助", 12, 12 / 42), ("投诉", 11, 11 / 42), ("举报", None, None)),
    note="不足 5 件的不单列。",
)
UNITS = Grid(
    "unit",
    "各级部、处室办理情况",
    (
        Head("unit", "单位", Form.TEXT),
        Head("received", "受理"),
        Head("closed", "办结"),
        Head("on_time", "按时办结率", Form.SHARE),
        Head("rework", "重办"),
    ),
    (
        ("一年级级部", 9, 9, 1.0, 0),
        ("二年级级部", 7, 6, None, 1),
        ("三年级级部", 12, 11, 11 / 12, 2),
        ("总务处", 10, 10, 0.9, 0),
        ("政教处", 4, 4, None, 0),
    ),
    note="基数不足 10 件的只列件数，不算比率、不排名次。",
)
BULLETIN = BulletinFacts(
    unit="澄川县实验小学",
    title="澄川县实验小学关于2026年10月诉求办理情况的通报",
    since=date(2026, 10, 1),
    until=date(2026, 10, 31),
    standing=Standing.DRAFT,
    computed_at=datetime(2026, 11, 1, 1, 0, tzinfo=UTC),
    digest="9f2c4a7be1d05386a4c7f0e2b95d1c6870ab34ef12cd56789e0f1a2b3c4d5e6f",
    overview=(
        "10月共受理各类诉求 42 件，比上月减少 9 件；上月结转 5 件。",
        "到期应办结 42 件，按时办结 40 件，超时 2 件；一次办结 37 件。",
        "有效回访 21 人，满意 17 人。月末还开着 3 件，最久的 9 天。",
    ),
    indicators=(
        rate("on_time_rate", "按时办结率", 40, 42, basis="按到期时间", compared="环比升 2.1 个百分点"),
        rate("first_time_closure_rate", "一次办结率", 37, 42, basis="按办结时间", compared="环比持平"),
        rate("satisfaction_rate", "满意率", 17, 21, basis="按回访时间"),
        rate("resolution_rate", "解决率", 18, 21, basis="按回访时间"),
        rate("decline_rate", "退单率", 6, 42, basis="按派单时间"),
        rate("repeat_rate", "重复诉求率", 3, 9, basis="按受理时间"),
    ),
    counters=(
        CounterFact("channel_test", "渠道自测", 4, "4 个渠道均于10月20日测通"),
        CounterFact("late_entries", "迟登", 4, "4 件（9.5%）", of=42, note="来诉一个工作日后才登记"),
        CounterFact("not_taken_on", "未受理、转出、改分类", 6, "6 件，均已复核", of=42),
        CounterFact("contact_denied", "诉求人称没有联系", 0, "0 件", of=40),
        CounterFact("withdrawn", "撤回", 1, "1 件"),
        CounterFact("callback_gap", "两级回访差", 1, "抽查 5 件，1 件结果不同", of=5),
        CounterFact("deletions", "删除", 0, "0 件，日志校验通过"),
    ),
    addressee="各级部、处室",
    copies_to=("澄川县教育惠民服务中心",),
    printed_by="澄川县实验小学惠民服务中心",
    seal="统计数字已封存，可用“呼应”核对程序验证。",
    breakdowns=(CHANNELS, KINDS),
    units=UNITS,
    lists=(
        CaseList(
            "overdue",
            "超期未办结",
            (
                ListedCase("SY-2026-00318", "三年级级部", "延期未批", datetime(2026, 10, 22, 9, 0, tzinfo=UTC), 6),
                ListedCase("SY-2026-00325", "二年级级部", "", datetime(2026, 10, 29, 9, 0, tzinfo=UTC), 1),
            ),
        ),
        CaseList("rework", "退办重办", (ListedCase("SY-2026-00301", "三年级级部", "答复未逐点回应"),)),
    ),
    alarms=(AlarmFact("lunch", "午餐口味与分量", "两周内 3 名家长反映同一食堂窗口，高于往年同期", 3, "已商研"),),
    matters=(
        MatterFact("督办", "三年级级部", "SY-2026-00318 超期未办结", date(2026, 10, 24), date(2026, 11, 3), "在办"),
        MatterFact("挂账", "总务处", "操场翻修，列入明年暑期计划", date(2026, 10, 12), date(2027, 3, 1), "在账"),
    ),
    good=("总务处当天修好教学楼二楼热水器，4 名家长回访均表示满意。",),
    tasks=("11月10日前完成食堂窗口整改并公布结果。", "11月15日前对10月办结件抽查回访 5%。"),
    remarks=("各级部要把家长最常问的放学时间、作业量先说清楚，能一次说清的不让家长问第二遍。",),
)

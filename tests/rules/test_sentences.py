"""The sentences that figures suggest, word for word; nothing is praised for silence."""

from dataclasses import replace

from huying.rules.sentences import Month, Share, good, overview, tasks

MONTH = Month(
    received=42,
    received_before=51,
    received_last_year=40,
    kinds=[("求助", 30), ("投诉", 12), ("表扬", 0)],
    topics=[("食堂与饮水", 9, 5), ("编班与座位", 4, 3), ("其他", 3, 1), ("师德师风", 2, 0)],
    on_time=Share(40, 42),
    late=1,
    late_open=1,
    in_hand=3,
    oldest_days=9,
    closed=42,
    at_once=Share(37, 42),
    called=21,
    resolved=19,
    satisfied=Share(17.9, 21),
    red_lines=1,
    contact_denied=2,
    withdrawn=1,
    unreviewed=1,
    sent_back=3,
)
QUIET = Month(
    received=0, received_before=0, received_last_year=0, kinds=[], topics=[], on_time=Share(0, 0), late=0, late_open=0,
    in_hand=0, oldest_days=None, closed=0, at_once=Share(0, 0), called=0, resolved=0, satisfied=Share(0, 0),
    red_lines=0, contact_denied=0, withdrawn=0, unreviewed=0, sent_back=0,
)  # fmt: skip


def test_five_sentences_of_a_month():
    assert overview(MONTH) == (
        "本期收到诉求 42 件，上期 51 件，去年同期 40 件。其中求助 30 件、投诉 12 件。",
        "到期应办结 42 件，按时办结 95.2%（40/42），超期 2 件（其中 1 件还没有办）。",
        "期末在办 3 件，最久的已经 9 天。",
        "办结 42 件，一次办结 88.1%（37/42）。",
        "有效回访 21 件，说已解决的 19 件，满意率 85.2%（17.9/21）。",
    )


def test_a_silent_month_is_told_and_not_praised():
    assert overview(QUIET) == (
        "本期收到诉求 0 件，上期 0 件。",
        "本期没有到期应办结的诉求。",
        "期末没有在办的诉求。",
        "本期没有办结的诉求。",
        "本期没有有效回访。",
    )
    assert (good(QUIET), tasks(QUIET)) == ((), ())


def test_below_the_floor_there_is_no_percentage():
    few = replace(MONTH, on_time=Share(3, 4), late=0, late_open=0, oldest_days=None)
    assert overview(few)[1] == "到期应办结 4 件，按时办结 3/4，没有超期。"
    assert overview(few)[2] == "期末在办 3 件。"


def test_only_what_is_open_to_no_doubt_is_praised():
    fine = replace(MONTH, on_time=Share(42, 42), called=21, resolved=21)
    assert good(fine) == ("到期的 42 件全部按时办结。", "回访到的 21 位家长都说问题已经解决。")
    assert good(replace(fine, on_time=Share(9, 9), called=9, resolved=9)) == ()
    assert good(MONTH) == ()


def test_what_the_figures_ask_for_the_gravest_first():
    assert tasks(MONTH) == (
        "红线事项 1 件，逐件核对报告和处置是否到位。",
        "超期未办结 1 件，由承办单位说明原因和办结日期。",
        "有 2 位家长说没有人联系，逐件核对联系记录。",
        "不予受理、转出、改分类和暂停中还有 1 件没有复核，尽快由第二人复核。",
        "退办重办 3 件，分析第一次没有办好的原因。",
        "“食堂与饮水”增加到 9 件（上期 5 件），请研究共性原因。",
        "“编班与座位”增加到 4 件（上期 3 件），请研究共性原因。",
    )

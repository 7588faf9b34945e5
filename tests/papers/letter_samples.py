"""One letter of every kind, of an invented school and county."""

from dataclasses import replace
from datetime import UTC, date, datetime

from huying.papers.letters.accountability import AccountabilityFacts, accountability
from huying.papers.letters.interview import (
    Commitment,
    InterviewFacts,
    InterviewRecord,
    interview,
    interview_record,
)
from huying.papers.letters.issue import Issue
from huying.papers.letters.notice import NoticeFacts, Told, notice
from huying.papers.letters.opinion import OpinionFacts, opinion
from huying.papers.letters.study import StudyFacts, study
from huying.papers.letters.supervision import SupervisedCase, SupervisionFacts, supervision
from huying.papers.letters.week import WeekFacts, WeekTask, week
from huying.papers.letters.yearly import YearlyFacts, yearly
from tests.papers.samples import BULLETIN

SCHOOL = Issue("澄川县实验小学", "澄实小惠〔2026〕12号", date(2026, 11, 2), printed_by="澄川县实验小学惠民服务中心")
COUNTY = Issue("澄川县教育惠民服务中心", "澄教惠〔2026〕35号", date(2026, 11, 2), copies_to=("澄川县实验小学",))
OPINION = OpinionFacts(
    SCHOOL,
    "李秀兰同志",
    "SY-2026-00288",
    date(2026, 10, 9),
    ("要求说明延时服务费收取标准。", "要求退还9月请假期间已交的费用。"),
    "经查，我校延时服务按县定标准每生每月80元收取，9月你的孩子请假6天。\n学校公示的退费办法未写明请假情形，确有疏漏。",
    ("延时服务费按每生每月80元收取，标准已在校门口公示牌公示。", "退还9月请假期间费用24元，11月5日前退至原账户。"),
    ("《信访工作条例》第三十二、三十三条",),
    "澄川县教育惠民服务中心",
    "学校惠民服务中心，电话0000-1234567",
)
NOTICE = NoticeFacts(
    SCHOOL,
    Told.EXTENDED,
    "李秀兰同志",
    "SY-2026-00288",
    date(2026, 10, 9),
    "延时服务收费",
    "需向有关部门核实收费标准，情况较为复杂。",
    ("《信访工作条例》第三十四条",),
    due_on=date(2026, 11, 20),
    contact="学校惠民服务中心，电话0000-1234567。",
)
SUPERVISION = SupervisionFacts(
    COUNTY,
    "澄川县实验小学",
    "近期核查发现，你校有2件诉求超过办理期限仍未办结，诉求人多次催问。",
    (
        SupervisedCase("SY-2026-00318", "三年级作业量和批改方式", date(2026, 10, 22), "超期9天，未答复"),
        SupervisedCase("SY-2026-00325", "校门口放学拥堵", date(2026, 10, 29), "超期2天，正在协调"),
    ),
    ("逐件明确责任人，11月6日前答复诉求人。", "说明超期原因和改进措施。"),
    date(2026, 11, 9),
    report_to="澄川县教育惠民服务中心",
)
INTERVIEW = InterviewFacts(
    COUNTY,
    "澄川县实验小学",
    "校长、分管副校长",
    datetime(2026, 11, 5, 1, 30, tzinfo=UTC),
    "县教育惠民服务中心二楼会议室",
    "9月至10月，你校每千名学生诉求量为全县同类学校平均数的1.8倍，其中经核查属实的投诉11件，食堂类4件。",
    ("SY-2026-00301", "SY-2026-00318", "SY-2026-00325"),
    ("近两个月诉求办理台账。", "食堂问题整改情况。"),
    "电话0000-7654321",
)
RECORD = InterviewRecord(
    COUNTY,
    "澄川县实验小学",
    datetime(2026, 11, 5, 1, 30, tzinfo=UTC),
    "县教育惠民服务中心二楼会议室",
    "中心主任",
    ("校长", "分管副校长"),
    "督办员",
    "食堂类诉求两个月内反复出现，2件诉求超期未办结。",
    ("SY-2026-00301", "SY-2026-00318"),
    "一是食堂窗口供餐管理不到位；二是答复未逐点回应；三是超期前未申请延期。",
    "校方认可所列情况，说明10月更换供餐公司期间人手不足，已增派2人。",
    (
        Commitment("食堂每日留样和家长开放日制度上墙公布", "总务主任", date(2026, 11, 12)),
        Commitment("超期诉求办结并逐件回访", "分管副校长", date(2026, 11, 9)),
    ),
    date(2026, 12, 7),
)
ACCOUNTABILITY = AccountabilityFacts(
    replace(COUNTY, copies_to=()),
    "三年级级部主任",
    "2026年10月16日至22日，对转交级部办理的1件诉求未在规定时限内签收，也未申请延期，造成超期6天。",
    "当周外出培训，未将待办事项移交他人。",
    "所述外出培训属实，但未按规定办理移交，应当承担相应责任。",
    "给予批评教育，责成11月15日前书面说明改进措施。",
    ("《信访工作条例》第四十四条",),
    date(2026, 10, 28),
    10,
    "澄川县教育惠民服务中心监督组",
)
STUDY = StudyFacts(
    COUNTY,
    "学校食堂供餐质量",
    datetime(2026, 11, 6, 6, 0, tzinfo=UTC),
    "县教育惠民服务中心",
    "中心分管副主任",
    ("澄川县实验小学", "澄川县第二小学", "县学生营养服务站"),
    "10月三所学校收到食堂类诉求9件，比上月增加6件，集中在分量、口味和打饭排队。",
    ("供餐公司更换后人手不足。", "菜谱提前公布不及时。"),
    ("每周五前公布下周菜谱。", "每月第一周设家长陪餐日。"),
    (Commitment("公布菜谱和陪餐安排", "各学校", date(2026, 11, 13)),),
    "以12月食堂类诉求量与10月比较。",
    date(2027, 1, 5),
)
WEEK = WeekFacts(
    SCHOOL,
    "各级部、处室",
    "教育惠民宣传周",
    "民有所呼，我有所应",
    date(2026, 10, 19),
    date(2026, 10, 23),
    "为让家长知道有事找谁、怎么反映、多久答复，制定本方案。",
    (
        WeekTask(date(2026, 10, 19), "发放服务卡和明白纸", "各班", "班主任"),
        WeekTask(date(2026, 10, 21), "校长接访日", "惠民服务站", "校长"),
    ),
    ("服务卡1200张、明白纸1200份。", "校门口公示牌1块。"),
    ("不得向家长预设回访答案。", "群里收到的诉求先登记，再单独答复。"),
    (("学校", "澄川县实验小学", "0000-1234567"), ("县", "澄川县教育惠民服务中心", "0000-7654321")),
)
YEARLY = YearlyFacts(
    SCHOOL,
    "澄川县教育惠民服务中心",
    "2026年度",
    date(2026, 1, 1),
    date(2026, 12, 31),
    datetime(2027, 1, 4, 1, 0, tzinfo=UTC),
    BULLETIN.digest,
    ("全年共受理各类诉求486件，办结481件。",),
    BULLETIN.indicators,
    BULLETIN.counters,
    "投诉量比上年下降11.2%，在10%至15%的目标区间内；同期渠道自测全部畅通，迟登率2.1%。",
    BULLETIN.breakdowns,
    ("设立惠民服务站，首问负责。",),
    ("食堂类诉求反复出现。",),
    ("把常见问题写成一次办好事项清单。",),
)
LETTERS = {
    "opinion": opinion(OPINION),
    "notice": notice(NOTICE),
    "supervision": supervision(SUPERVISION),
    "interview": interview(INTERVIEW),
    "interview_record": interview_record(RECORD),
    "accountability": accountability(ACCOUNTABILITY),
    "study": study(STUDY),
    "week": week(WEEK),
    "yearly": yearly(YEARLY),
}

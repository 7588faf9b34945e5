import pytest

from huying.appeals.defaults import TOPICS
from huying.language.topics import CODES, Hint, suggest_topics

EXAMPLES = [
    ("请问学区怎么划分，外地户口能不能报名", "admission"),
    ("幼升小需要房产证吗，租房可以入学吗", "admission"),
    ("跨市转学手续怎么办，学籍什么时候能转", "transfer"),
    ("孩子坐最后一排，看不清黑板，想换到前面", "classing"),
    ("重新分班以后一个班六十多人", "classing"),
    ("退费的事说了两个月还没有退，费用也不公示", "fees"),
    ("班里又让扫二维码交班费，说是自愿", "fees"),
    ("校服质量差，洗一次就掉色", "uniform"),
    ("老师指定去一家书店买练习册", "uniform"),
    ("数学老师周末在外补课，收我们的钱", "ethics"),
    ("班主任暗示家长送礼，过节收红包", "ethics"),
    ("因为带手机被停课一周，还要写检讨", "discipline"),
    ("作业太多，写到晚上十点", "homework"),
    ("期末考试排名发在班里", "homework"),
    ("一学期换了三个代课老师，孩子听不懂", "teaching"),
    ("英语课进度太快", "teaching"),
    ("早读太早，孩子睡眠不足", "schedule"),
    ("中午没有午休，下午没精神", "schedule"),
    ("课后服务几点结束，能不能延时到六点", "afterschool"),
    ("食堂的饭有点凉，菜也少", "canteen"),
    ("饮水机的水有味道", "canteen"),
    ("校车晚点二十分钟", "bus"),
    ("放学时校门口车太多，堵车，建议错峰", "bus"),
    ("学校厕所太脏，有异味", "safety"),
    ("围墙有个洞，陌生人能进来", "safety"),
    ("几个高年级的欺负我儿子，问他要钱", "bullying"),
    ("孩子厌学，最近情绪很低落，想找心理老师", "mental"),
    ("低保家庭怎么申请助学金", "aid"),
    ("教室空调坏了，一直没修", "facility"),
    ("操场塑胶跑道起皮", "facility"),
    ("研学活动要交 380 元，可以不去吗", "trips"),
    ("家长会改期没有通知到我", "contact"),
    ("给班主任打电话不接，群里问也不回复", "contact"),
    ("孩子的照片和身份证号被发到网上，信息泄露", "privacy"),
    ("窗口的人态度很差，不耐烦", "attitude"),
    ("代课教师工资三个月没发", "staff_rights"),
    ("老师很好，谢谢", "other"),
    ("想问个事", "other"),
]


@pytest.mark.parametrize(("text", "topic"), EXAMPLES)
def test_the_topic_is_the_first_suggested(text, topic):
    assert suggest_topics(text)[0].topic == topic


def test_a_suggestion_names_the_words_it_rests_on():
    assert suggest_topics("校服太贵，质量差") == [Hint("uniform", 3, ("校服",))]


def test_two_matters_are_two_suggestions():
    assert {hint.topic for hint in suggest_topics("食堂的饭凉，校服也贵")} == {"canteen", "uniform"}


def test_no_more_are_suggested_than_asked_for():
    assert len(suggest_topics("校服 食堂 校车 作业 空调", most=2)) == 2


def test_the_codes_are_those_of_the_topic_tree():
    assert set(CODES) == {code for code, _ in TOPICS}

import pytest

from huying.language.redlines import red_line_signals
from huying.rules.enums import RedLine

EXAMPLES = {
    "bullying": [
        "我儿子在学校被几个高年级的堵在厕所里打",
        "同桌天天欺负我女儿，拿她的笔扔地上",
        "班里有人收保护费，不给就打",
        "孩子说同学都不跟他玩，还给他起外号",
        "几个男生逼我孩子喝脏水",
        "有同学扇他耳光还拍视频发到群里",
        "放学路上被三个初中生拦住要钱，不给就踢",
        "问我家孩子要了好几次钱，一共六十多块",
        "宿舍里的人集体孤立她，半夜锁门不让进",
        "孩子被同学从楼梯上推下来，牙都磕掉了",
        "这是校园霸凌，老师说是闹着玩",
        "他们扒了他的裤子，全班都在笑",
        "女儿在寝室被打，脸都肿了，动手的是同寝的女生",
        "高年级学生勒索低年级的零花钱",
        "有人在群里骂我女儿是猪，还 P 图",
        "同学往他水杯里吐口水，书包也扔进垃圾桶",
        "儿子回来身上一块青一块紫，问了才说是同学打的",
    ],
    "sexual_harm": [
        "女儿说体育老师摸她屁股",
        "校车司机对孩子动手动脚",
        "老师把女生单独叫到办公室，抱着不放",
        "有男生在厕所偷拍女生",
        "孙女说有个叔叔摸她下面",
        "怀疑孩子遭到猥亵，内裤上有血",
        "补习班的教练亲了我女儿的嘴",
        "班上男生总掀女生裙子",
        "老师给女学生发暧昧信息，要她的照片",
        "有人逼她拍裸照",
        "保安在值班室脱女孩的裤子",
        "男老师和女学生谈恋爱，还带她出去开房",
    ],
    "corporal_punishment": [
        "数学老师拿尺子打手心，打得红肿",
        "班主任让全班站在太阳底下站了两节课",
        "老师当着全班的面扇了他一巴掌",
        "不写作业就罚跪在讲台边上",
        "老师不让孩子上厕所，尿裤子了",
        "张老师用书砸孩子的头",
        "幼儿园老师用针扎孩子",
        "孩子被班主任揪着耳朵拖出教室",
        "因为讲话，罚抄课文一百遍到半夜",
        "体育课没跑完就不准喝水",
        "老师把孩子关在杂物间一下午",
        "存在体罚学生的行为，请查处",
        "英语老师踹了我儿子一脚",
        "迟到了就罚站一上午，不准进教室听课",
        "老师骂孩子是废物、猪脑子，让大家别理他",
        "罚做两百个深蹲，第二天腿都走不了路，去医院查出横纹肌溶解",
    ],
    "self_harm": [
        "孩子说不想活了",
        "女儿用小刀划手臂，一道一道的",
        "儿子在作业本上写遗书",
        "她说要从楼上跳下去",
        "孩子有轻生的念头，学校还天天批评",
        "吃了半瓶药，刚从医院洗胃回来",
        "他说活着没意思，想死",
        "孩子把自己反锁在屋里，说要割腕",
        "高三学生压力大跳楼了",
        "医生诊断重度抑郁，孩子一上学就撞墙",
        "孩子站在天台上说不如死了算了",
        "女儿拔自己的头发，咬自己，胳膊上全是疤",
    ],
    "missing": [
        "孩子放学到现在还没回家，电话打不通",
        "女儿昨天离家出走了",
        "学校把我孩子弄丢了，到处找不到",
        "儿子中午从学校跑出去，现在不知道在哪里",
        "校车上少了一个孩子，联系不上",
        "孙子被一个陌生人接走了",
        "学生失踪一天学校才告诉家长",
        "孩子不见了",
        "老人去接孩子，门口没人，找遍了也没找到孩子",
        "怀疑被拐走，已经报警",
    ],
    "food_poisoning": [
        "孩子吃了食堂的饭上吐下泻",
        "班里十几个孩子都拉肚子",
        "中午喝了学校的牛奶，好几个学生肚子疼去医院",
        "疑似食物中毒，请马上查",
        "孩子晚上发烧呕吐，同班还有八个也这样，中午都吃的鸡腿",
        "配餐公司的饭，吃完全班一半人腹泻",
        "小区里同校的孩子都吐了，说是食堂的凉菜",
        "喝了学校饮水机的水以后肚子痛，几个同学一样",
        "医院说是急性肠胃炎，孩子中午在食堂吃的",
        "诺如病毒，学校不停课",
    ],
}

CALM = [
    "请问三年级几点放学，能不能晚点接",
    "孩子坐最后一排，看不清黑板，想换到前面",
    "食堂的饭有点凉，菜也少",
    "希望学校多开展防欺凌讲座",
    "预防溺水、预防食品中毒的班会开得很好，表扬班主任",
    "校服质量差，洗一次就掉色",
    "课后服务收费标准是多少",
    "作业太多，写到晚上十点",
    "校门口堵车，建议错峰放学",
    "老师很负责，孩子进步很大，谢谢",
    "学区怎么划分，外地户口能不能报名",
    "体育课总被数学课占用",
    "操场的灯坏了，晚上看不见",
    "校车晚点二十分钟",
    "书本费能不能开发票",
    "孩子肚子饿，下午能不能加餐",
    "老师上课打手机游戏",
    "打印店收费太贵，打一张五毛",
    "教育局网站打不开",
    "家长群里老师天天发通知，看不过来",
    "孩子丢了一件校服，能不能帮忙找找",
    "转学手续怎么办",
    "幼儿园打疫苗要家长签字吗",
    "教室空调不制冷，热死了",
    "运动会拍的照片想要一份",
    "老师打电话通知开会，我没接到",
    "请老师多关心内向的孩子",
    "班主任推荐买的练习册是不是必须买",
    "孩子近视了，桌椅高度不合适",
    "研学活动要交 380 元，可以不去吗",
    "食堂排队太长，孩子吃饭只有十分钟",
    "希望学校开放图书馆",
    "住校生周末能不能留校",
    "请学校不要取消春游",
    "家长会改期没有通知到我",
    "学校铃声太响，影响附近居民休息",
]


@pytest.mark.parametrize(("danger", "told"), [(danger, told) for danger, lines in EXAMPLES.items() for told in lines])
def test_a_danger_told_in_plain_words_is_prompted(danger, told):
    assert danger in {signal.danger for signal in red_line_signals(told)}


@pytest.mark.parametrize("told", CALM)
def test_everyday_matters_prompt_nothing(told):
    assert red_line_signals(told) == []


@pytest.mark.parametrize(
    ("told", "danger"),
    [
        ("学校说这不是欺凌，只是打闹", "bullying"),
        ("没有体罚，就是声音大了点", "corporal_punishment"),
        ("孩子并没有自杀的想法", "self_harm"),
        ("医院说不是食物中毒", "food_poisoning"),
        ("从来没有失踪过", "missing"),
    ],
)
def test_a_denial_is_shown_too_and_marked(told, danger):
    assert [(signal.danger, signal.is_denied) for signal in red_line_signals(told)] == [(danger, True)]


def test_a_plain_word_outweighs_a_denial_elsewhere():
    signals = red_line_signals("老师说没有欺凌。可是孩子就是被欺凌了，三个人一起。")
    assert [(signal.danger, signal.words, signal.is_denied) for signal in signals] == [("bullying", "欺凌", False)]
    assert signals[0].start == 15


def test_a_signal_names_the_words_it_rests_on():
    text = "您好，女儿用小刀划手臂。"
    signal = red_line_signals(text)[0]
    assert text[signal.start : signal.end] == signal.words == "用小刀划手"


def test_two_dangers_are_two_signals():
    assert {signal.danger for signal in red_line_signals("被同学打，现在说不想活了")} == {"bullying", "self_harm"}


def test_every_danger_is_a_red_line_of_the_rules():
    assert set(EXAMPLES) == {line.value for line in RedLine} - {"other_danger"}


def test_a_long_text_is_read_in_a_blink():
    assert red_line_signals("今天天气很好，老师和同学都在操场上。" * 3000) == []

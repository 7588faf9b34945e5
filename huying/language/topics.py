"""What a text is about: topics of the tree, suggested by words, with those words as the reason. A person decides."""

from collections import Counter
from dataclasses import dataclass

from huying.language.tokens import normalise

PLAIN, WEAK = 2, 1

# Words that speak plainly for a topic, and words that only help. Codes are those of the topic tree.
_WORDS: dict[str, tuple[str, str]] = {
    "admission": (
        "招生 入学 报名 学区 划片 学位 摇号 新生 幼升小 小升初 入园 录取 对口学校 片区 学位房 房产证 随迁 择校",
        "户口 户籍 外地 房子 划分 积分 社保 居住证",
    ),
    "transfer": ("转学 学籍 转入 转出 转校 休学 复学 借读 退学 毕业证 插班", "手续 证明 接收"),
    "classing": ("换座位 座位 最后一排 编班 分班 调班 换班 重点班 班额 大班额 超员 同桌 前排 后排", "看不清 个子 人数"),
    "fees": (
        "收费 乱收费 学费 退费 班费 费用 缴费 多收 餐费 住宿费 资料费 收钱 不退 赞助费 书本费 发票 退款 收据 捐款",
        "元 交钱 自愿 强制 公示 二维码",
    ),
    "uniform": (
        "校服 教辅 练习册 辅导书 辅导资料 订书 平板 书包 教材 课本 指定购买 推荐购买",
        "质量 掉色 买 尺码 书店",
    ),
    "ethics": (
        "师德 有偿补课 补习 收礼 红包 宴请 吃请 骂学生 骂孩子 辱骂 侮辱 体罚 打学生 打孩子 偏心 不公平 歧视 "
        "喝酒 私自补课"
        " 在外补课 办补习班 收受 打了孩子 打了学生 扇 罚跪 罚站",
        "老师 班主任 教师 补课 送礼",
    ),
    "discipline": ("惩戒 处分 停课 记过 罚抄 检讨 没收 开除 劝退 请家长 写检查 赶回家 不让进教室", "违纪 校规 手机"),
    "homework": ("作业 考试 月考 期中 期末 成绩 排名 分数 试卷 阅卷 监考 默写 打卡 家长批改", "太多 十点 晚上 压力"),
    "teaching": (
        "教学 上课 讲课 课程 课表 占课 主课 代课 换老师 老师水平 听不懂 教研 语文课 数学课 英语课 音乐课 美术课 "
        "体育课被占 进度",
        "老师 质量 频繁 请假 进步",
    ),
    "schedule": (
        "作息 睡眠 午休 午睡 早读 晚自习 放学时间 上学时间 体育课 大课间 课间 运动 补课 双休 周六上课 放假 调休 几点",
        "早 晚 时间 近视",
    ),
    "afterschool": ("课后服务 延时 托管 晚托 课后班 社团 兴趣班 课后延时 暑期托管", "五点 自愿 参加 收费"),
    "canteen": (
        "食堂 饭菜 午餐 吃饭 配餐 营养餐 饮水 喝水 饮水机 牛奶 菜 伙食 饭凉 吃不饱 小卖部 早餐 食品 就餐 厨房",
        "凉 少 排队 虫 头发 变质",
    ),
    "bus": (
        "校车 接送 班车 公交 堵车 校门口车 停车 错峰 红绿灯 斑马线 交通 接孩子 接娃 电动车",
        "放学 晚点 站点 司机 超载 马路",
    ),
    "safety": (
        "安全 校园安全 受伤 摔 骨折 消防 火灾 溺水 门卫 保安 监控 围墙 卫生 厕所 打扫 异味 甲醛 消毒 传染 流感 "
        "手足口 水痘 地震 "
        "疫情 陌生人 校外人员 安全隐患 中毒",
        "隐患 脏 臭 医院 事故",
    ),
    "bullying": (
        "欺凌 霸凌 欺负 孤立 起外号 勒索 保护费 围殴 被同学打 被打 同学打 打架 嘲笑 抢钱 推倒",
        "同学 高年级 不敢上学",
    ),
    "mental": (
        "心理 抑郁 焦虑 自杀 自残 轻生 厌学 情绪 心理辅导 心理老师 不想上学 失眠 多动症 自闭 压力大 不想活",
        "压力 哭 咨询",
    ),
    "aid": ("资助 助学金 补助 贫困 困难 低保 减免 孤儿 残疾 建档立卡 奖学金 营养补助 留守 雨露计划", "申请 家庭 发放"),
    "facility": (
        "空调 暖气 操场 教室 桌椅 电梯 宿舍 图书馆 设施 维修 漏水 停电 灯 跑道 塑胶 工地 施工 校舍 扩建 新建 "
        "建校 风扇 投影 坏了 暖 冷",
        "修 旧 热 噪音",
    ),
    "trips": ("研学 春游 秋游 运动会 夏令营 社会实践 活动 比赛 演出 军训 参观 毕业旅行 艺术节 合唱", "参加 报名费"),
    "contact": (
        "家校 家长会 家长群 班级群 微信群 沟通 通知 家委会 家访 联系不上 电话不接 不回复 没通知 钉钉 接龙",
        "群 回复 老师",
    ),
    "privacy": ("隐私 信息泄露 泄露 个人信息 公开成绩 照片发 人脸 身份证号 推销电话 拍照 肖像 泄漏", "群里 信息 电话"),
    "attitude": ("态度 推诿 踢皮球 不耐烦 爱答不理 敷衍 服务态度 窗口 凶 冷漠 不理 甩脸 门难进", "工作人员 办事 门卫"),
    "staff_rights": (
        "教师待遇 工资 绩效 编制 职称 代课教师 教师工资 职工 社保缴纳 加班费 教师减负 聘用 绩效工资 民办教师 津贴 拖欠",
        "老师 待遇 合同",
    ),
}
_PLAIN = {code: tuple(plain.split()) for code, (plain, _) in _WORDS.items()}
_WEAK = {code: tuple(weak.split()) for code, (_, weak) in _WORDS.items()}
CODES = (*_WORDS, "other")


@dataclass(frozen=True)
class Hint:
    """A topic a text may be about, how strongly, and the words that say so. `other` has none."""

    topic: str
    score: int
    words: tuple[str, ...]


def suggest_topics(text: str, *, most: int = 3) -> list[Hint]:
    """The topics the words speak for, the strongest first; `other` when no word is plain."""
    plain = normalise(text)
    hints = [hint for code in _WORDS if (hint := _hint(code, plain)) is not None]
    strongest = sorted(hints, key=lambda hint: -hint.score)[:most]
    return strongest or [Hint("other", 0, ())]


def _hint(code: str, plain: str) -> Hint | None:
    """The hint for one topic; helping words count only beside a plain one, and a longer word for its parts."""
    found = Counter(
        {word: PLAIN * min(plain.count(word), 2) * max(len(word) - 1, 1) for word in _PLAIN[code] if word in plain}
    )
    whole = [word for word in found if not any(word != other and word in other for other in found)]
    if not whole:
        return None
    helping = [word for word in _WEAK[code] if word in plain]
    score = sum(found[word] for word in whole) + WEAK * len(helping)
    return Hint(code, score, tuple(sorted(whole, key=lambda word: -found[word])[:3]))

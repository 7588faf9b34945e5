"""常用语: what a clerk types sixty times a day, each under the first letters of its beginning."""

from django.utils.translation import gettext_noop

PHRASES = (
    ("xw", gettext_noop("希望尽快处理，并回电话说明结果。")),
    ("bz", gettext_noop("已经向班主任反映过，没有解决。")),
    ("xx", gettext_noop("已经向学校反映过，没有解决。")),
    ("hz", gettext_noop("孩子情绪受到影响，不愿意上学。")),
    ("bm", gettext_noop("对方要求保密，不要让班里知道是谁反映的。")),
    ("dc", gettext_noop("这是第二次反映同一件事。")),
    ("cl", gettext_noop("对方手里有照片、录音或者收据，可以提供。")),
    ("zx", gettext_noop("只是咨询，已经当场说明，对方表示明白。")),
    ("gy", gettext_noop("对方正在开车或者上班，请在下午五点以后回电话。")),
    ("bk", gettext_noop("对方不愿意说孩子的班级和姓名。")),
)

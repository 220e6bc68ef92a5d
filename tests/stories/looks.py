"""What every page must be: clean for axe, no wider than the screen, with targets a finger can hit."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

SMALL_TARGETS = """(least) => [...document.querySelectorAll('a, button, summary, input, select, textarea')]
  .filter((item) => !item.closest('[aria-hidden=true], .skip-link, dialog:not([open]), [hidden], label'))
  .filter((item) => item.getClientRects().length && getComputedStyle(item).display !== 'inline')
  .map((item) => [item.outerHTML.slice(0, 120), item.getBoundingClientRect()])
  .filter(([, box]) => box.width < least - 0.5 || box.height < least - 0.5)
  .map(([html, box]) => `${html} ${box.width}x${box.height}`)"""


def faults(page: Page, least: int = 44) -> list[str]:
    """Return what is wrong with the page as it is shown now; nothing when all is well."""
    page.wait_for_load_state("load")
    found = [f"axe {v['id']}: {_where(v)}" for v in Axe().run(page).response["violations"] if _serious(v)]
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    found += [f"{wide} px wider than the screen"] if wide > 0 else []
    found += [f"small target: {target}" for target in page.evaluate(SMALL_TARGETS, least)]
    return [f"{page.url}: {fault}" for fault in found]


def _serious(violation: dict[str, Any]) -> bool:
    return violation["impact"] in {"serious", "critical"}


def _where(violation: dict[str, Any]) -> str:
    return "; ".join(node["html"][:150] for node in violation["nodes"][:3])

"""How soon a page of the site is seen and alive, and how fast it follows: python benchmarks/site_pages.py [NAME …]

Wants the built site, with Python: python tools/build_site.py. Times are of a browser that has nothing in its cache, on
loopback; CPU is that of all its processes. A turn is from the input of a slider to the changed page, the median of 30.
"""

import os
import sys
import time
from pathlib import Path

import psutil
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
sys.path.append(str(ROOT / "tests"))
from browser.site import Site  # noqa: E402

SITE = ROOT / "dist" / "site"
NAMES = ["00_start_here", "07_bp2_backward", "11_training_loop"]
TURNS = """async () => {
  const slider = document.querySelector('.live input[type=range]'), picture = slider.closest('.bl-stage-picture');
  const all = {subtree: true, childList: true, attributes: true, characterData: true}, times = [];
  for (let at = 0; at < 30; at++) {
    const changed = new Promise(done => {
      const seen = new MutationObserver(() => { seen.disconnect(); done(); });
      seen.observe(picture, all);
      setTimeout(done, 5000);
    });
    const start = performance.now();
    slider.value = Number(slider.value) + (at % 2 ? -3 : 3) * (Number(slider.step) || 0.1);
    slider.dispatchEvent(new Event('input', {bubbles: true}));
    await changed;
    times.push(performance.now() - start);
    await new Promise(next => setTimeout(next, 50));
  }
  return times.sort((a, b) => a - b)[15]; }"""
PAINT = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime"


def main(names: list[str]) -> None:
    print("| page | seen, s | first picture alive, s | all cells run, s | CPU, s | fetched, MB | a turn, ms |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for name in names:
        with sync_playwright() as playwright, Site(playwright, SITE.parent, SITE.name) as site:
            before, start = used(), time.monotonic()
            page = site.open(f"{name}.html")
            page.page.wait_for_selector(".live", timeout=300_000)
            first = time.monotonic() - start
            page.alive()
            last, cpu = time.monotonic() - start, used() - before
            files = {SITE.parent / each.partition("?")[0].lstrip("/") for each in site.asked}
            size = sum(path.stat().st_size for path in files if path.is_file())
            turn = page.page.evaluate(TURNS)
            seen = page.page.evaluate(PAINT) / 1000
        print(
            f"| {name} | {seen:.1f} | {first:.1f} | {last:.1f} | {cpu:.1f} | {size / 1e6:.1f} | {turn:.0f} |",
            flush=True,
        )
    print(f"\nload {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")


def used() -> float:
    """CPU seconds of all our children."""
    times = [child.cpu_times() for child in psutil.Process().children(recursive=True)]
    return sum(each.user + each.system for each in times)


if __name__ == "__main__":
    main(sys.argv[1:] or NAMES)

"""How the `zhuoluo` command speaks: one line at a time, Chinese and English, and a bar while one waits."""

import sys
import time

BAR = 24


class UsageError(Exception):
    """Something the person at the terminal can mend; both texts say how."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh} / {en}")


def say(zh: str, en: str) -> None:
    """Print one line in both languages."""
    print(f"{zh} / {en}", flush=True)


class Progress:
    """A bar for long work: redrawn in place on a terminal, a line every tenth of the way in a log."""

    def __init__(self, zh: str, en: str) -> None:
        self.words = f"{zh} / {en}"
        self.live = sys.stdout.isatty()
        self.tenth = -1
        self.drawn = 0.0

    def __call__(self, done: int, total: int) -> None:
        """Show that `done` of `total` is done (`total` 0: not known)."""
        if not self.live:
            self._in_a_log(done, total)
        elif done >= total > 0 or time.monotonic() - self.drawn > 0.1:
            self.drawn = time.monotonic()
            filled = BAR * done // total if total else 0
            count = f"{done} / {total}" if total else str(done)
            print(f"\r{self.words}  {'█' * filled}{'░' * (BAR - filled)}  {count} ", end="", flush=True)

    def _in_a_log(self, done: int, total: int) -> None:
        tenth = 10 * done // total if total else done // 1000
        if tenth != self.tenth:
            self.tenth = tenth
            print(f"{self.words}  {done}{f' / {total}' if total else ''}", flush=True)

    def end(self) -> None:
        """Leave the bar as it stands and go to the next line."""
        if self.live:
            print(flush=True)

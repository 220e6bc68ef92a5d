"""`zhuoluo demo`: a fictional county with two years of matters, built by the same actions people use."""

import sys
from argparse import Namespace
from datetime import timedelta

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from zhuoluo.config.commands.worker import catch_up, tasks
from zhuoluo.config.environment import kept_secret
from zhuoluo.config.terminal import Progress, UsageError, say
from zhuoluo.demo import actions, reads
from zhuoluo.org.models import Jurisdiction, User
from zhuoluo.org.reads import actor, law
from zhuoluo.org.rules import RESIDENT
from zhuoluo.sealed import actions as sealed

STEPS = {
    "places": ("区划和地图", "places and map"),
    "people": ("单位和人员", "units and people"),
    "photos": ("照片", "photos"),
    "matters": ("两年的事项", "two years of matters"),
}


def run(options: Namespace) -> int:
    """Build the demo county in an empty, migrated database."""
    if not 1 <= options.matters <= 100_000:
        raise UsageError("--matters 应为 1 至 100000", "--matters: 1 to 100000")
    call_command("migrate", interactive=False, verbosity=0)
    if Jurisdiction.objects.exists():
        raise UsageError(
            "数据库里已有数据，演示县只建在空库里；换一个 ZHUOLUO_HOME 再试",
            "the database is not empty; the demo county is only built in an empty one: set another ZHUOLUO_HOME",
        )
    build(options.matters)
    show_accounts("")
    return 0


def ensure() -> bool:
    """Build the demo county if the database is empty; return whether this database holds one."""
    if Jurisdiction.objects.exists():
        if not reads.accounts():
            say(
                "数据库里是自己的数据，没有建演示县",
                "this database has its own data: no demo county was built",
            )
        return bool(reads.accounts())
    build(actions.MATTERS)
    return True


def build(matters: int) -> None:
    """Build it with a bar for each part, then bring search and figures up to date."""
    bars: dict[str, Progress] = {}

    def show(step: str, done: int, total: int) -> None:
        if step not in bars:
            for bar in list(bars.values())[-1:]:
                bar.end()
            bars[step] = Progress(*STEPS[step])
        bars[step](done, total)

    say(
        "正在建演示县“清溪县”（虚构），约一分钟",
        "building the demo county Qingxi (fictional), about a minute",
    )
    password = kept_secret(settings.HOME, reads.PASSWORD_FILE, make=actions.make_password)
    actions.build(now=timezone.now(), password=password, matters=matters, on_progress=show)
    for bar in list(bars.values())[-1:]:
        bar.end()
    _accusations()
    say("正在建搜索索引、汇总数字", "indexing for search, counting figures")
    catch_up(tasks())


LETTERS = (
    ("web", "村里的沟渠工程说是花了二十万，村民一看就值几万，账从来没有公开过。", "村主任", 40),
    ("letter", "办手续的干部暗示要送烟酒，不送就一直拖着不办。", "县住房和城乡建设局办事窗口", 12),
    ("phone", "单位的公车周末一直停在私人饭店门口，车牌号我记得。", "县交通运输局", 2),
)  # channel, words, whom, days ago


def _accusations() -> None:
    """Three accusations, at three states; only this room may ask the sealed one for anything."""
    now, day = timezone.now(), timedelta(days=1)
    users = {user.username: user for user in User.objects.filter(username__in=("town", "sealed"))}
    for place, (channel, words, whom, ago) in enumerate(LETTERS):
        at = now - ago * day
        by = RESIDENT if channel == "web" else actor(users["town"], at)
        received = sealed.hand_in(
            accusation=sealed.Accusation(what=words, whom=whom), by=by, at=at, law=law(), channel=channel
        )
        if place == 2:
            continue
        number, officer = received.case.number, actor(users["sealed"], at + day)
        sealed.accept(number=number, by=officer, at=at + day)
        if place == 0:
            said = "来件收到，已经安排核实，请保持联系。"
            sealed.message(number=number, text=said, by=officer, at=at + 2 * day)


def show_accounts(address: str) -> None:
    """Print the demo accounts and their one password."""
    password = reads.password()
    print()
    say(f"演示账号，密码都是 {password}", f"demo accounts, all with the password {password}")
    for account in reads.accounts():
        print(f"  {account.username:<12}{account.name}  {account.unit} {account.post}（{account.role}）")
    number, code = reads.sample()
    if number:
        say(
            f"以居民身份查一件：编号 {number}，查询码 {code}",
            f"follow one as a resident: number {number}, code {code}",
        )
    if address:
        print(f"  {address}   {address}desk/")
    sys.stdout.flush()

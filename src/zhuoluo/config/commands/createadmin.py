"""`zhuoluo createadmin`: the first administrator, and with them the site itself when it is new."""

from argparse import Namespace
from datetime import datetime

from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from zhuoluo.config.terminal import UsageError, say
from zhuoluo.org import actions
from zhuoluo.org.models import Jurisdiction, Unit, User
from zhuoluo.org.rules import SYSTEM

NEW_SITE = ("code", "place", "prefix", "office")


def run(options: Namespace) -> int:
    """Open the account in the petition office and print a one-time code; nobody else ever knows the password."""
    call_command("migrate", interactive=False, verbosity=0)
    if User.objects.filter(username=options.username).exists():
        raise UsageError(f"账号 {options.username} 已存在", f"there is an account {options.username} already")
    now = timezone.now()
    with transaction.atomic():
        office = _site(options, now)
        user = actions.add_person(
            username=options.username, name=options.name, password=None, by=SYSTEM, at=now
        )
        actions.give_post(
            user=user, unit=office, title="系统管理员", role="administrator", by=SYSTEM, at=now,
            from_date=timezone.localdate(now),
        )  # fmt: skip
        code = actions.make_reset_code(user=user, by=SYSTEM, at=now)
    say(f"已建管理员账号 {user.username}（{office.name}）", f"administrator {user.username} at {office.name}")
    say(
        f"一次性验证码 {code}，{actions.RESET_MINUTES} 分钟内在 /staff/reset/ 设置密码",
        f"one-time code {code}: set the password at /staff/reset/ within {actions.RESET_MINUTES} minutes",
    )
    return 0


def _site(options: Namespace, now: datetime) -> Unit:
    """Return the petition office, setting up place and office first on a new site."""
    office = Unit.objects.filter(kind="office").order_by("code").first()
    if Jurisdiction.objects.exists() and office is not None:
        return office
    missing = [f"--{name}" for name in NEW_SITE if not getattr(options, name)]
    if missing:
        example = "--code 431299 --place 清溪县 --prefix QX --office 清溪县信访局"
        raise UsageError(
            f"新站点还需要 {' '.join(missing)}，例如 {example}", f"a new site also needs {' '.join(missing)}"
        )
    try:
        actions.set_up(
            code=options.code, name=options.place, name_en="", prefix=options.prefix, by=SYSTEM, at=now
        )
        actions.add_areas(rows=[{"code": options.code, "name": options.place}], by=SYSTEM, at=now)
    except ValueError as error:
        raise UsageError(str(error), "--code: the official code, 6 digits") from error
    return actions.add_unit(
        code="XF", name=options.office, kind="office", by=SYSTEM, at=now, from_date=timezone.localdate(now)
    )

"""`zhuoluo reseal`: seal the accusations anew under the first key and the profile of the settings."""

from argparse import Namespace

from zhuoluo.config.terminal import Progress, UsageError, say
from zhuoluo.sealed import actions
from zhuoluo.sealed.rules import Damaged


def run(options: Namespace) -> int:
    """Seal anew what is sealed under an older key or the other profile. Stopped anywhere, it goes on from there."""
    bar = Progress("正在重新加密", "sealing anew")
    try:
        done = actions.reseal(progress=bar)
    except Damaged as error:
        raise UsageError(
            f"有密件解不开（{error}）；旧密钥要留在 ZHUOLUO_SEALED_KEYS 里，直到这个命令做完",
            f"something does not open ({error}): keep the older keys in ZHUOLUO_SEALED_KEYS until this is done",
        ) from error
    finally:
        bar.end()
    say(f"已重新加密 {done} 条，旧密钥可以撤了", f"{done} sealed anew; older keys are no longer needed")
    return 0

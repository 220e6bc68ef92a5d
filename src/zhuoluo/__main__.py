"""The `zhuoluo` command."""

import sys

from zhuoluo.config.cli import main

if __name__ == "__main__":
    sys.exit(main())

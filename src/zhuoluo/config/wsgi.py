import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhuoluo.config.settings")
_site = get_wsgi_application()
from zhuoluo.outreach.live.middleware import Polls  # noqa: E402  # needs the applications to be loaded

application = Polls(_site)  # the polls of a live room are answered before anything else
# What is loaded by now stays until the process ends: the collector need not walk it again in the middle of a page.
gc.collect()
gc.freeze()

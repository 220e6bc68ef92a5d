import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhuoluo.config.settings")
application = get_wsgi_application()
# What is loaded by now stays until the process ends: the collector need not walk it again in the middle of a page.
gc.collect()
gc.freeze()

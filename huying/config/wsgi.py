"""The web application."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huying.config.settings")

application = get_wsgi_application()

# All pages are loaded before the first visitor comes. What is here now stays: the collector of circles need not look
# at it again, nor after every few hundred objects, of which a page makes thousands.
_ = get_resolver().url_patterns
gc.collect()
gc.freeze()
gc.set_threshold(10_000, 20, 50)

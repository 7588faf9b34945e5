"""What an appellant may know of their appeal: plain facts, roles for names, never the appeal itself."""

from huying.appeals.progress.page import Progress, of
from huying.appeals.progress.photos import Photo, photo, photos_of
from huying.appeals.progress.record import Line
from huying.appeals.progress.talk import ContactClaim

__all__ = ["ContactClaim", "Line", "Photo", "Progress", "of", "photo", "photos_of"]

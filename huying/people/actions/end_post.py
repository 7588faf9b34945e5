from datetime import date

from huying.people.models import Post


def end_post(post: Post, *, on: date) -> None:
    """That day is the last on which the post is held; the row stays as a record of who held it when."""
    post.ends_on = on
    post.save(update_fields=["ends_on"])

from django.urls import path

from huying.web.setup import calendar, changes, channels, explain, ladder, limits, pages, posts, routing, topics, units

app_name = "setup"
urlpatterns = [
    path("", pages.home, name="home"),
    path("units/", units.units_page, name="units"),
    path("units/add/", units.add_unit, name="add_unit"),
    path("units/<int:pk>/", units.unit, name="unit"),
    path("units/<int:pk>/code.svg", units.school_code, name="school_code"),
    path("posts/", posts.posts_page, name="posts"),
    path("posts/appoint/", posts.appoint, name="appoint"),
    path("posts/<int:pk>/end/", posts.end_post, name="end_post"),
    path("topics/", topics.topics_page, name="topics"),
    path("topics/add/", topics.add_topic, name="add_topic"),
    path("topics/<int:pk>/", topics.topic, name="topic"),
    path("routing/", routing.routing_page, name="routing"),
    path("routing/add/", routing.add_rule, name="add_rule"),
    path("routing/<int:pk>/end/", routing.end_rule, name="end_rule"),
    path("limits/", limits.limits_page, name="limits"),
    path("limits/<slug:step>/", limits.limit, name="limit"),
    path("channels/", channels.channels_page, name="channels"),
    path("channels/<int:pk>/", channels.channel, name="channel"),
    path("changes/", changes.changes_page, name="changes"),
    *calendar.urlpatterns,
    *ladder.urlpatterns,
    *explain.urlpatterns,
]

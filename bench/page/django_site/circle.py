"""The same circle's page as a Django programmer would write it first: the same database and posts.

Runs in an environment of its own: `gunicorn circle:application`, with BENCH_POSTGRES=a libpq string. One
view, the ORM left out in favour of four plain queries, the template compiled once.
"""

import os
from hashlib import sha256
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

settings.configure(
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    SECRET_KEY="bench",
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": os.environ["BENCH_DATABASE"],
            "HOST": os.environ["BENCH_HOST"],
            "USER": os.environ["BENCH_USER"],
            "CONN_MAX_AGE": None,
        }
    },
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "DIRS": [Path(__file__).parent],
        }
    ],
)
django.setup()

CIRCLE = """select c.id, c.slug, c.name, c.intro, p.name as partner from circle c
    join partner p on p.id = c.partner_id where c.slug = %s"""
POSTS = """select p.id, p.body, p.published_at, p.version, m.handle, m.name,
    (select coalesce(sum(n), 0) from tally t where t.circle_id = p.circle_id and t.kind = 'likes'
        and t.subject_id = p.id) as likes,
    (select coalesce(sum(n), 0) from tally t where t.circle_id = p.circle_id and t.kind = 'comments'
        and t.subject_id = p.id) as comments
    from post p join member m on m.id = p.author_id
    where p.circle_id = %s and p.state = 'published' order by p.seq desc limit 20"""
WHO = """select m.id, m.handle, m.name from session s join member m on m.id = s.member_id
    where s.id = %s and s.ends_at > now()"""
LIKED = "select post_id from liking where circle_id = %s and member_id = %s and post_id = any(%s)"


def asked(sql: str, *values: Any) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        names = [each[0] for each in cursor.description]
        return [dict(zip(names, line, strict=True)) for line in cursor.fetchall()]


def show(request: HttpRequest, slug: str) -> HttpResponse:
    circle = next(iter(asked(CIRCLE, slug)), None)
    if circle is None:
        raise Http404
    posts = asked(POSTS, circle["id"])
    token = request.COOKIES.get("quanzi")
    who = next(iter(asked(WHO, sha256(token.encode()).digest())), None) if token else None
    if who:
        ids = [post["id"] for post in posts]
        liked = {line["post_id"] for line in asked(LIKED, circle["id"], who["id"], ids)}
        for post in posts:
            post["liked"] = post["id"] in liked
    return render(request, "circle.html", {"circle": circle, "posts": posts, "who": who})


urlpatterns = [path("c/<slug:slug>", show)]
application = get_wsgi_application()

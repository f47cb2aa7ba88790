"""The pages of who runs the site. To everybody else there is none of them."""

from typing import Any

from quanzi.admin.routes import categories, front, people, settings, waiting

ROUTES: list[Any] = [
    front.show_front,
    front.show_partners,
    people.show_people,
    people.show_person,
    people.suspend_person,
    people.let_person_in,
    people.rank_person,
    categories.show_categories,
    categories.add_category,
    categories.change_category,
    waiting.show_jobs,
    waiting.retry_jobs,
    waiting.show_mail,
    waiting.try_mail,
    settings.show_settings,
    settings.change_settings,
]

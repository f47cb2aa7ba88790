"""What people say in the demo's circles, by the circle's slug. Nobody in it is a real person."""

from quanzi.demo.post import Post
from quanzi.demo.posts import (
    campus_diary,
    city_pets,
    goddess_run,
    maimai_banking,
    maimai_finance,
    maimai_internet,
    maimai_media,
    mama,
    money,
    pearl_river_night_run,
    reading,
    white_collar_diary,
)

POSTS: dict[str, tuple[Post, ...]] = {
    "pearl-river-night-run": pearl_river_night_run.POSTS,
    "goddess-run": goddess_run.POSTS,
    "campus-diary": campus_diary.POSTS,
    "white-collar-diary": white_collar_diary.POSTS,
    "maimai-internet": maimai_internet.POSTS,
    "maimai-media": maimai_media.POSTS,
    "maimai-banking": maimai_banking.POSTS,
    "maimai-finance": maimai_finance.POSTS,
    "city-pets": city_pets.POSTS,
    "mama": mama.POSTS,
    "reading": reading.POSTS,
    "money": money.POSTS,
}

"""Where links lead: looked at once a day for everybody, and shown as cards beside the posts."""

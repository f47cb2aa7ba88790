"""What a platform admin runs the site by: how it is, who is here, and what waits."""

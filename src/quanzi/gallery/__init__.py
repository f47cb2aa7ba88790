"""Every component in its states, drawn by the partials that the site itself draws with."""

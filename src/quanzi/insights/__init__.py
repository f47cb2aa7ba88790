"""Insights: what a circle's people do, in figures that name nobody. What each one is: `docs/insights.md`.

Views are counted in the process (`activity/seeing.py`) and written down by the hour (`counting.py`);
days and weeks are rolled up from that and from what stands in the tables of the rooms below
(`rolling.py`); pages read days and weeks only.
"""

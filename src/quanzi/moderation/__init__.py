"""Reports, the queue, decisions and appeals: how people keep a circle in order, together."""

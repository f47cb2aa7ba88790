"""The live connection: no page misses an event. `docs/live.md` says how and why.

log.py       what the hub needs to know of the log (it belongs to a domain above)
bell.py      Valkey says "look"; losing it costs time, never content
hub.py       one per process: follows the circles that are open here
stream.py    one circle's recent events, drawn once, and the pages that listen
catching.py  what a page missed, from the cache or the log
frames.py    frames encoded once, and written to many sockets
listener.py  one page: bounded, closed when slow
tidings.py   members' own figures, told to their pages only
protocol.py  uvicorn's websocket protocol, opened a little
socket.py    the endpoint
"""

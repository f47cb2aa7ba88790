"""Letters: written in the deed's own transaction, sent by whoever looks first.

letters.py   write one; the same key twice is one letter
message.py   a letter as mail, with the headers that mail needs
posting.py   hand it in: to an SMTP server, or into a folder
sending.py   the look: take letters that are due, and say what became of them
"""

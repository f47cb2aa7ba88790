"""What a member should hear of: deeds that concern them, told by bell and by mail.

Verbs write `concern` rows and know nothing of this room; the teller turns them into notices.
"""

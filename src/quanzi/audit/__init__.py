"""The credit score: a ledger of what counted, by rules that the platform edits."""

"""What the `quanzi` command does, one ability a file."""

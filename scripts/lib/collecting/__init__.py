"""What scripts/collect-commands is made of."""

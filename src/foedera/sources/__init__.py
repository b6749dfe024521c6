"""Readers of data that the user has (ATOP, COW …): files in, typed rows out; missing is never zero."""

"""The version of the package, for receipts and `--version`."""

VERSION = "0.1.0"

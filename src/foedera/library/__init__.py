"""The library: treaty and crisis files, the registry, and the one door that loads them."""

from foedera.library.door import Library, bundle_changes, library, open_crisis, receipt, registry

__all__ = ["Library", "bundle_changes", "library", "open_crisis", "receipt", "registry"]

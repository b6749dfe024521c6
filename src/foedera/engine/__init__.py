"""The engine: (treaties, crisis, day, reading) → Assessment. Pure; reads no file, knows no treaty by name."""

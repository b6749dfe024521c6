"""A second engine in answer set programming, and random worlds on which both engines are compared: see README.md."""

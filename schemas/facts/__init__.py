"""Reference facts as data files; `schemas.reference` gives them their types and checks them when they are loaded."""

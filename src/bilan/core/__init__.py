"""The pure part of Bilan: no framework, database, network, clock or chance."""

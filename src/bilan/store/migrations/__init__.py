"""How an older record becomes one of today."""

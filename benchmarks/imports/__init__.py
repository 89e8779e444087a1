"""How fast the register of another recorder comes in."""

"""Learns and checks the weights of the clues that link reports, from pairs that people labelled."""

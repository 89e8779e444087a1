"""The record as plain data: rows, objects and files that leave the house."""

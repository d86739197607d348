"""Procedural pictures: one subject on one ground under one sky, and the words for them."""

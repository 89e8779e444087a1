"""A text as words, sentences and the phrases that a language's vocabulary finds in it."""

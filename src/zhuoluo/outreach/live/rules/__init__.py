"""The plain rules of a live room: words, what may follow what, what is still open, how a screen asks for news."""

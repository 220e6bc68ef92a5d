"""The rules of receiving people, pure: who sits when, who may come, what a leader must know beforehand."""

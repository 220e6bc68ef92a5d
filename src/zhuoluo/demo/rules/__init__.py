"""What the demo county is made of: places, words, pictures, and what becomes of a matter. Pure; dice are arguments."""

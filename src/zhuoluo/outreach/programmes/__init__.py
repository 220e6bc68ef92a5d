"""Programmes and money: what is announced, applied for, approved and paid, to the fen, each payment with its clause."""

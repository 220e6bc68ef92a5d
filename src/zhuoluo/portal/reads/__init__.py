"""What the residents' pages show, put into plain words. Every read of a matter starts from what its raiser may see."""

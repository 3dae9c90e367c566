"""Files to objects and back, one format per module.

Here belongs how a file is laid out and every sentence about what is wrong with it; what the numbers mean does not.
"""

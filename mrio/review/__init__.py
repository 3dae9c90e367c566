"""What a reviewer asks for: published values beside ours, where results come from, what moved.

Here belongs comparing finished results; nothing here changes a number.
"""

"""Questions asked of the equations: which choice changes a sign or a rank.

Here belongs what varies, decomposes or traces results of :mod:`mrio.equations`; no equation of the method and no file.
"""

"""The command ``mrio``, one module per subcommand.

Here belongs asking and answering on a terminal; a command holds no logic another room could hold.
"""

"""What the package is installed as, which is not the name it is imported by, and its version."""

NAME = "interprovincial-carbon"
VERSION = "0.1.0"

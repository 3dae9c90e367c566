"""Official provincial tables to a balanced interprovincial table (docs/estimation.md).

Here belongs every step of the estimate and its trial on known tables; reading the official workbooks does not.
"""

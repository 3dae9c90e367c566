"""Direct emissions F and F_Y from an inventory or an energy balance.

Here belongs everything that turns fuel, cement and inventories into Mt by province and sector; flows between provinces
do not.
"""

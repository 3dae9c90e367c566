"""What people read: Tables 1-3, printed pages, workbook, figures, atlas.

Here belongs layout and numbers as text; nothing is computed that another room could compute, and no word is kept here.
"""

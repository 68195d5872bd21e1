"""Roster import: a file of residents, checked first, then written whole or not at all.

layout    the columns, and how a header row is recognised
cells     what a cell means
people    what a row means
pieces    a large sheet, read some thousand rows at a time
reading   the rows of a workbook or CSV file, in a child process; these five
          run there, without settings or keys
sentences what is wrong with a cell, in Chinese
known     what the database already holds
homes     lanes, buildings and households of a file
planning  the outcome of every row: create, update, skip, conflict, error
shown     the digest of all that a pass would write, to be met again at the commit
writing   new rows, sealed, in bulk
indexing  the search keys of new people, in the order of their index
updating  changed rows, with their history
running   one pass over a file, dry or for good
actions   hand in, check, commit: the states of a RosterImport
endings   let go after a failure, expire, wipe
workbooks the template, and the file given back with comments on bad cells
"""

"""`luodi compile FOLDER --out RESULTS`: thousands of files, in parallel, to go on where it was.

walking    which files of a folder are read, and what is passed over
reading    what a worker does with one file
workers    processes that may die or hang without the run noticing more than one file
results    the results on disk, which are their own journal
running    the run: progress, interruption, summary
"""

# Once the blocks of a damaged generation were written, later starts knew nothing of what it had lost.
store 2 6 1
append 42
append 0 4
commit
kill
flip 24854 2028820498

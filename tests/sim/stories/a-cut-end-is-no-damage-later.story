# An end that recovery had cut inside a group was called damage once a later file was begun.
store 1 1000 1
turn
fail write 2 io
append 20
commit
append 34
turn
append 7
commit

# The inbox file and one block of a generation were damaged; another block of it, whole, was not taken up.
store 3 6 1
append 83
seal
append 1 0 6 3 1 4 5 2
append 65
turn
flip 58924 3015765118
append 66 88 38 64 34
append 6
commit
flip 35800 3593417788

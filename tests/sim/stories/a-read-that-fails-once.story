# A read that failed once while a block was written left it without the splits it should name, for good.
store 1 3 1
append 91
append 42 5
append 2 1 0
append 86 39 87
append 5
fail read 0 io
turn

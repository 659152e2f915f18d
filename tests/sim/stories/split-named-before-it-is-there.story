# A block was told of its splits before the older block they name was taken up: a trace found in two halves.
store 3 6 1
append 57 1 88 35 68 68
append 1 8
append 47
close
ask 0

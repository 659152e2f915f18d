# A flipped bit in the ordinals of a block: the parts of a trace in it and in memory were not joined, and no answer said so.
store 2 20 0
append 94 72 81 30 59 52 81 63 4 51
close
turn
flip 11788 2824584817
append 76
ask 132

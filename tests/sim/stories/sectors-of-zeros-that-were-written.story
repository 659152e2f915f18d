# Sectors of zeros in good records were not counted with their group: a torn group was called damaged.
store 2 1000 0
append 36
power 2593979866
append 1 3 4
append 0 6
fuse 1 2146745558
append 69 48 70 94 76

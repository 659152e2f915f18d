# A block left the catalog before it was off the disk; a block written meanwhile did not name it, and it came back.
store 2 20 0
append 4
append 0
clock 86400
append 4
fail remove 4 full
turn
retain 3600

# A flipped bit in the list of a block's splits: searches gave a trace once for each part, and named no damage.
store 1 6 1
append 21 56 18
seal
append 43 88 90 72 29
seal
turn
fail sync 2 io
append 5
close
flip 39049 501277624

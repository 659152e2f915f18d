# A bit that flipped in the last synced group was taken for a torn write and cut off without a word.
store 2 6 1
append 2
commit
flip 21195 1912279943
kill

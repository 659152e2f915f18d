# A generation that the inbox held for a consumer was taken up from its blocks and from its file: each trace twice.
store 3 6 1
append 27 63 71
close
append 1

# After a failed sync and a kill the system still showed the bytes; they were taken for durable, and lost with the power.
store 3 1 1
append 7 6 3
append 15 73 88
append 7
append 86
append 86
fail sync 2 full
append 5
kill
append 6
fuse 2 1311687861

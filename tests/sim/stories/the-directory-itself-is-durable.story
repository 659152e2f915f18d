# A start that failed after it made the data directory left the next one with a name that was never synced.
store 1 20 1
fail syncdir 0 full
append 71
heal
power 2794447870

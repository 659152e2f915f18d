/** English texts of definitions, and of the banner about a set that was refused. */

import { plural } from "../plural";

export const definitionsTexts = {
  definitions: {
    title: "Definitions",
    refused: (n: number) => `Definitions refused: ${n} ${plural(n, "fault", "faults")}. The last good set is in force.`,
    inForceSince: (time: string) => `in force since ${time}`,
    show: "Show faults",
    generation: "Generation",
    generationHint: "How many different sets were in force here",
    loaded: "In force since",
    objects: "Objects",
    files: "Files",
    nFiles: (n: number) => `${n} ${plural(n, "file", "files")}`,
    watched: (folders: string) => `Watched: ${folders}`,
    builtIn: "Built into the program",
    faults: "Faults of the refused set",
    refusedAt: (time: string) => `refused ${time}`,
    warnings: "Warnings of the set in force",
    sound: "Nothing is wrong with them.",
    error: "Fault",
    warning: "Warning",
    copyPlace: (place: string) => `Copy ${place}`,
    inForce: "In force",
    find: "Find by kind, name or file",
    all: "All",
    kind: "Kind",
    name: "Name",
    place: "Place",
    nothing: "No object matches.",
    emptyTitle: "Nothing is defined",
    emptyText: "SLOs, alerts, policies and stories are files that the server watches. Check them, then name their folder:",
    more: (n: string) => `${n} more: narrow the list by its filter.`,
  },
};

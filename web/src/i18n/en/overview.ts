/** English texts of the overview. */

export const overviewTexts = {
  overview: {
    title: "Overview",
    numbers: "At a glance",
    meeting: "SLOs meeting target",
    meetingOf: (met: string, all: string) => `${met} / ${all}`,
    unmeasured: (n: number) => `${n} without data`,
    worst: "Lowest budget",
    burning: "Burning now",
    burningNone: "none pages",
    gate: "Release gate",
    gateHeld: (held: number, all: number) => `${held} of ${all} services held`,
    gateFree: (all: number) => `all ${all} services may release`,
    stories: "User stories",
    storiesNone: "No user story is defined.",
    storyOwner: (owner: string) => `owned by ${owner}`,
    changed: "What changed",
    changes: "The changes",
    changedNone: "Nothing yet. Deploys, gate decisions and loaded definitions appear here.",
    emptyTitle: "No SLO is loaded",
    emptyText: "An SLO says which requests count and how many of them must be good. Put OpenSLO files into a directory, check them, and start the server with it.",
    emptySince: (dirs: string) => `Watched for definitions: ${dirs}`,
    filtered: (n: number, all: number) => `${n} of ${all} SLOs`,
    clear: "Show all",
    story: (title: string) => `Story: ${title}`,
  },
};

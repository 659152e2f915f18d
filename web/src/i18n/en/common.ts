/** English texts of states of a panel and of an SLO, used on every page. */

export const commonTexts = {
  state: {
    loading: "Loading…",
    page: "The page",
    failed: (what: string) => `${what} could not be loaded`,
    unreachable: "The server does not answer. The page tries again by itself.",
    lost: (since: string) => `The server has not answered since ${since}. What is shown is from before; the page tries again by itself.`,
    partial: (why: string) => `This is not all of it: ${why}`,
    retry: "Try again",
    diagnostic: "Copy diagnostic",
    stale: (age: string) => `As of ${age}`,
    notFoundTitle: "There is no such page",
    notFoundText: (path: string) => `Nothing lives at ${path}.`,
    notFoundGo: "Go to the overview",
  },

  status: {
    missed: "Missing the target",
    low: "Budget below a quarter",
    held: "Releases held",
    burning: "Burning fast",
    spent: "Budget spent",
    risk: "At risk",
    healthy: "Healthy",
    none: "No data",
    all: "All",
  },
};

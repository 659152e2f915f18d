/** English texts of the page of user stories. */

export const storiesTexts = {
  stories: {
    title: "User stories",
    find: "Find story, owner or SLO",
    none: "No user story is defined",
    noneText: "A story is what a user does in several steps, and the SLOs that have to hold for it. Put one into a file of the definitions:",
    nothing: "No story fits these words",
    window: (window: string) => `window ${window}`,
    target: (target: string) => `target ${target}`,
    counted: (bad: string, all: string) => `${bad} of ${all} traces bad`,
    joins: { trace: "judged by whole traces", weighted: "weighted mean of its SLOs", worst: "as good as its worst SLO" },
  },
};

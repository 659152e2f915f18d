/** User stories: the chain of steps a user takes, and how each is; the worst of them is how the story is. */

import type { Resource } from "../../api/resource";
import type { Page, Slo, Story } from "../../api/types";
import { fmt, texts } from "../../i18n";
import { Loaded } from "../../ui/states";
import { Pill, Shape } from "../../ui/status";
import { href, type QueryOf } from "../../url/routes";
import { RISK_BELOW, statusOf, titleOf, TONES, type SloStatus } from "../slo/status";

const ORDER: readonly Story["state"][] = ["held", "burning", "unmeasured", "healthy"];
/** What needs somebody first. */
export const byNeed = (stories: Story[]): Story[] => [...stories].sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state));
const STATUS = { held: "held", burning: "burning", healthy: "healthy", unmeasured: "none" } as const;

/** As its SLOs are; where none of them needs anybody, as its own budget is. */
export function statusOfStory({ state, budget }: Story): SloStatus {
  if (state !== "healthy" || budget == null) return STATUS[state];
  return budget <= 0 ? "spent" : budget < RISK_BELOW ? "risk" : "healthy";
}

export function Stories({ stories, slos, query }: { stories: Resource<Page<Story>>; slos: Slo[]; query: QueryOf<"overview"> }) {
  const t = texts();
  return (
    <section class="card">
      <div class="card-head">
        <h2>{t.overview.stories}</h2>
        <span class="spring" />
        <a class="link sub" href={href("stories", {})}>
          {t.overview.storiesAll}
        </a>
      </div>
      <Loaded resource={stories} what={t.overview.stories} rows={2}>
        {({ items }) =>
          items.length === 0 ? (
            <p class="muted">{t.overview.storiesNone}</p>
          ) : (
            <ul class="stories">
              {byNeed(items).map((story) => (
                <StoryCard key={story.name} story={story} slos={slos} query={query} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </section>
  );
}

function StoryCard({ story, slos, query }: { story: Story; slos: Slo[]; query: QueryOf<"overview"> }) {
  const t = texts();
  const f = fmt();
  const isChosen = story.name === query.story;
  const budget = story.budget ?? null;
  const notes = [story.owner && t.overview.storyOwner(story.owner), budget !== null && t.overview.storyBudget(f.budget(budget)), story.sli != null && t.overview.storyTraces(f.sli(story.sli, story.target ?? 1))];
  return (
    <li>
      <a class="story" href={href("overview", {}, { ...query, story: isChosen ? "" : story.name })} aria-current={isChosen ? "true" : undefined}>
        <span class="story-title">
          <b>{story.title}</b>
          <span class="sub">{notes.filter(Boolean).join(" · ")}</span>
        </span>
        <Pill tone={TONES[statusOfStory(story)]}>{t.status[statusOfStory(story)]}</Pill>
      </a>
      <Chain story={story} slos={slos} />
      <a class="link sub" href={href("traces", {}, { q: tracesOf(story, slos) })}>
        {t.overview.storyTracesLink}
      </a>
    </li>
  );
}

/** The steps of a story, each as its SLO is. */
export function Chain({ story, slos }: { story: Story; slos: Slo[] }) {
  const t = texts();
  return (
    <ol class="chain" aria-label={t.overview.chain(story.title)}>
      {story.slos.map((name) => {
        const slo = slos.find((other) => other.name === name);
        const status = slo ? statusOf(slo) : "none";
        return (
          <li key={name}>
            <a class={`step ${TONES[status]}`} href={href("slo", { name })} title={`${slo ? titleOf(slo) : name}: ${t.status[status]}`}>
              <Shape tone={TONES[status]} />
              {slo?.service ?? name}
              <span class="sr">{`${slo ? titleOf(slo) : name}: ${t.status[status]}`}</span>
            </a>
          </li>
        );
      })}
    </ol>
  );
}

/** A search for traces through the services of a story, the bad ones where it is not well. */
export function tracesOf(story: Story, slos: Slo[]): string {
  const services = [...new Set(story.slos.flatMap((name) => slos.find((slo) => slo.name === name)?.service ?? []))];
  const of = services.length > 1 ? `service=(${services.join(",")})` : services.map((service) => `service=${service}`).join("");
  return [of, story.state === "healthy" ? "" : "error"].filter(Boolean).join(" ");
}

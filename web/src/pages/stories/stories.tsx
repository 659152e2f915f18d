/** User stories: how each is, the steps a user takes in it, and the promises that it stands on. */

import "../../shared";
import { apiUrl } from "../../api/client";
import { useResource } from "../../api/resource";
import type { Page, Slo, SloList, Story } from "../../api/types";
import { fmt, texts } from "../../i18n";
import { useTitle } from "../../shell/head";
import { score } from "../../shell/match";
import { SearchField } from "../../ui/search";
import { Empty, Loaded, Stale } from "../../ui/states";
import { Pill } from "../../ui/status";
import { navigate } from "../../url/location";
import { href, type QueryOf } from "../../url/routes";
import { byNeed, Chain, statusOfStory, tracesOf } from "../overview/stories";
import { TONES } from "../slo/status";
import { SloTable } from "../slo/table";

/** What a file needs for a story to be. */
const EXAMPLE = `apiVersion: nines.dev/v1alpha1
kind: UserStory
metadata: { name: shop, displayName: Buy in the shop }
spec:
  owner: shop-team
  slos: [shop-availability, item-availability]
  join: trace`;

export function StoriesPage({ query }: { query: QueryOf<"stories"> }) {
  const t = texts().stories;
  useTitle(t.title);
  const stories = useResource<Page<Story>>(apiUrl("/stories"), { topic: "slos" });
  const slos = useResource<SloList>(apiUrl("/slos"), { topic: "slos" }).data?.items ?? [];
  return (
    <>
      {stories.old && <Stale resource={stories} what={t.title} />}
      <Loaded resource={stories} what={t.title} rows={10} card>
        {({ items }) =>
          items.length === 0 ? (
            <section class="card">
              <Empty title={t.none}>
                <p>{t.noneText}</p>
                <pre tabIndex={0}>{EXAMPLE}</pre>
              </Empty>
            </section>
          ) : (
            <>
              <div class="row">
                <SearchField label={t.find} text={query.q} onText={(q) => navigate(href("stories", {}, { q }), { replace: true })} />
              </div>
              <Found stories={byNeed(items).filter((story) => score(query.q, [story.title, story.name, story.owner ?? "", ...story.slos].join(" ")) !== null)} slos={slos} />
            </>
          )
        }
      </Loaded>
    </>
  );
}

function Found({ stories, slos }: { stories: Story[]; slos: Slo[] }) {
  const t = texts();
  if (stories.length > 0)
    return (
      <>
        {stories.map((story) => (
          <StorySection key={story.name} story={story} slos={slos} />
        ))}
      </>
    );
  return (
    <section class="card">
      <Empty title={t.stories.nothing}>
        <a class="btn" href={href("stories", {})}>
          {t.overview.clear}
        </a>
      </Empty>
    </section>
  );
}

function StorySection({ story, slos }: { story: Story; slos: Slo[] }) {
  const t = texts();
  const f = fmt();
  const steps = slos.filter((slo) => story.slos.includes(slo.name));
  const facts = [
    story.owner && t.overview.storyOwner(story.owner),
    t.stories.joins[story.join ?? "worst"],
    story.budget != null && t.overview.storyBudget(f.budget(story.budget)),
    story.window && t.stories.window(f.window(story.window)),
    story.sli != null && t.overview.storyTraces(f.sli(story.sli, story.target ?? 1)),
    story.target !== undefined && t.stories.target(f.target(story.target)),
    story.bad !== undefined && story.good !== undefined && t.stories.counted(f.count(story.bad), f.count(story.bad + story.good)),
  ];
  return (
    <section class="card flush story-section" aria-label={story.title}>
      <div class="card-head">
        <h2>{story.title}</h2>
        <Pill tone={TONES[statusOfStory(story)]}>{t.status[statusOfStory(story)]}</Pill>
        <span class="spring" />
        <a class="btn small" href={href("traces", {}, { q: tracesOf(story, slos) })}>
          {t.overview.storyTracesLink}
        </a>
      </div>
      <div class="story-facts">
        <p class="sub">{facts.filter(Boolean).join("\u00a0· ")}</p>
        <Chain story={story} slos={slos} />
      </div>
      <SloTable slos={steps} group="none" sort="risk" />
    </section>
  );
}

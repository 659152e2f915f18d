/** User stories: the worst of its SLOs is how a story is. */

import type { Resource } from "../../api/resource";
import type { Page, Story } from "../../api/types";
import { texts } from "../../i18n";
import { Loaded } from "../../ui/states";
import { Pill } from "../../ui/status";
import { href } from "../../url/routes";
import { TONES } from "../slo/status";

const ORDER: readonly Story["state"][] = ["held", "burning", "unmeasured", "healthy"];
const STATUS = { held: "held", burning: "burning", healthy: "healthy", unmeasured: "none" } as const;

export function Stories({ stories, chosen }: { stories: Resource<Page<Story>>; chosen: string }) {
  const t = texts();
  return (
    <section class="card">
      <h2>{t.overview.stories}</h2>
      <Loaded resource={stories} what={t.overview.stories} rows={2}>
        {({ items }) =>
          items.length === 0 ? (
            <p class="muted">{t.overview.storiesNone}</p>
          ) : (
            <ul class="stories">
              {[...items]
                .sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state))
                .map((story) => (
                  <li key={story.name}>
                    <a href={href("overview", {}, story.name === chosen ? {} : { story: story.name })} aria-current={story.name === chosen ? "true" : undefined}>
                      <span class="story-title">
                        <b>{story.title}</b>
                        {story.owner && <span class="sub">{t.overview.storyOwner(story.owner)}</span>}
                      </span>
                      <Pill tone={TONES[STATUS[story.state]]}>{t.status[STATUS[story.state]]}</Pill>
                    </a>
                  </li>
                ))}
            </ul>
          )
        }
      </Loaded>
    </section>
  );
}

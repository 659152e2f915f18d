/** What can be done with a trace besides looking at it: compare it, copy, save, open another. */

import { useState } from "preact/hooks";
import { texts } from "../../i18n";
import { copyCommand, copyLink } from "../../shell/actions";
import { Icon, type IconName } from "../../ui/icons";
import { Popover } from "../../ui/popover";
import { navigate } from "../../url/location";
import { href } from "../../url/routes";
import { shortId, traceIdIn } from "../../url/traceid";
import { marked, markForCompare } from "./marks";
import { saveFile } from "./save";
import { openFile, zipkinJson } from "./source";

export function CompareMenu({ id }: { id: string }) {
  const t = texts().compare;
  const [text, setText] = useState("");
  const [isBad, setIsBad] = useState(false);
  const first = marked.value;
  const go = (event: Event) => {
    event.preventDefault();
    const other = traceIdIn(text);
    setIsBad(!other);
    if (other) navigate(href("compare", { a: other, b: id }));
  };
  return (
    <Popover
      label={t.title}
      button={
        <>
          {t.go} <kbd class="hide-s">m</kbd>
        </>
      }
    >
      {(close) => (
        <>
          <MenuItem
            icon="check"
            label={first === null ? t.mark : first === id ? t.unmark : `${t.withMarked} ${shortId(first)}`}
            run={() => {
              close();
              markForCompare(id);
            }}
          />
          <form class="menu-form" onSubmit={go}>
            <label class="field">
              {t.otherId}
              <input class="input mono" value={text} aria-invalid={isBad} aria-describedby={isBad ? "compare-bad" : undefined} onInput={(event) => setText(event.currentTarget.value)} />
            </label>
            {isBad && (
              <p id="compare-bad" class="crit-text">
                {t.badId}
              </p>
            )}
            <button class="btn">{t.go}</button>
          </form>
        </>
      )}
    </Popover>
  );
}

export function MoreMenu({ id }: { id: string }) {
  const t = texts();
  const download = () => void zipkinJson(id).then((json) => saveFile(`${id}.json`, "application/json", json));
  const items: [IconName, string, () => void][] = [
    ["link", t.palette.copyLink, copyLink],
    ["terminal", t.palette.copyCommand, copyCommand],
    ["download", t.trace.downloadJson, download],
    ["file", t.trace.openFile, openFile],
  ];
  return (
    <Popover label={t.trace.more} button={<Icon name="more" />} buttonClass="icon-only" iconOnly>
      {(close) => (
        <>
          {items.map(([icon, label, run]) => (
            <MenuItem
              key={icon}
              icon={icon}
              label={label}
              run={() => {
                close();
                run();
              }}
            />
          ))}
          <p class="sub menu-note">{t.trace.openHint}</p>
        </>
      )}
    </Popover>
  );
}

function MenuItem({ icon, label, run }: { icon: IconName; label: string; run(): void }) {
  return (
    <button type="button" class="item" onClick={run}>
      <Icon name={icon} />
      {label}
    </button>
  );
}

/** The line over every page: its title, the way to everywhere, the state of the stream, theme and language. */

import { live, type LiveState } from "../api/live";
import { LANG_NAMES, LANGS, lang, switchLang, texts } from "../i18n";
import { Icon } from "../ui/icons";
import { Popover } from "../ui/popover";
import { commandOf } from "../url/command";
import { dropVisitLang, place } from "../url/location";
import { pinnedHref } from "../url/pinned";
import { href } from "../url/routes";
import { copyCommand, copyLink, copyPinnedLink, sheet } from "./actions";
import { pageTitle } from "./head";
import { PAGES } from "./pages";
import { switchTheme, THEMES, theme } from "./theme";

export function Header() {
  const t = texts();
  return (
    <header class="header">
      <h1 title={pageTitle.value}>{pageTitle.value}</h1>
      <span class="spring" />
      <LiveDot state={live.value} />
      <button type="button" class="btn hide-s" onClick={() => (sheet.value = "palette")}>
        {t.shell.jump} <kbd>Ctrl K</kbd>
      </button>
      <button type="button" class="btn icon-only only-s" aria-label={t.palette.label} onClick={() => (sheet.value = "palette")}>
        <Icon name="search" />
      </button>
      <Popover label={t.shell.share} button={<Icon name="link" />} buttonClass="icon-only" iconOnly>
        {(close) => <Share close={close} />}
      </Popover>
      <button type="button" class="btn icon-only hide-s" aria-label={t.shell.help} title={t.shell.help} onClick={() => (sheet.value = "help")}>
        <Icon name="help" />
      </button>
      <Popover label={t.shell.appearance} button={<Icon name="settings" />} buttonClass="icon-only" iconOnly>
        {(close) => (
          <>
            <Appearance />
            <hr />
            {PAGES.map(
              ({ name, menu }) =>
                menu && (
                  <a key={name} class={menu === "narrow" ? "item only-s" : "item"} href={href(name, {})} onClick={close}>
                    {t.nav[name]}
                  </a>
                ),
            )}
          </>
        )}
      </Popover>
    </header>
  );
}

function LiveDot({ state }: { state: LiveState }) {
  const t = texts().shell;
  const words: Record<LiveState, string> = { live: t.live, waiting: t.liveWaiting, polling: t.livePolling, paused: t.livePaused };
  return (
    <span class={`live ${state === "polling" ? "waiting" : state}`} title={t.liveHint}>
      <i aria-hidden="true" />
      <span class="hide-s">{words[state]}</span>
      <span class="sr only-s">{words[state]}</span>
    </span>
  );
}

/** What can be copied of the page, each with its key. */
function Share({ close }: { close: () => void }) {
  const t = texts();
  const items: { label: string; key?: string; run: () => void }[] = [
    { label: t.palette.copyLink, key: "y", run: copyLink },
    ...(pinnedHref(place.value, Date.now()) === null ? [] : [{ label: t.palette.copyPinned, run: copyPinnedLink }]),
    ...(commandOf(place.value) === null ? [] : [{ label: t.palette.copyCommand, key: "Y", run: copyCommand }]),
  ];
  return (
    <>
      {items.map(({ label, key, run }) => (
        <button
          key={label}
          type="button"
          class="item"
          onClick={() => {
            close();
            run();
          }}
        >
          {label} {key && <kbd>{key}</kbd>}
        </button>
      ))}
    </>
  );
}

function Appearance() {
  const t = texts().shell;
  const names = { system: t.system, light: t.light, dark: t.dark };
  return (
    <>
      <fieldset>
        <legend>{t.theme}</legend>
        {THEMES.map((name) => (
          <label key={name} class="item">
            <input type="radio" name="theme" checked={theme.value === name} onChange={() => switchTheme(name)} />
            {names[name]}
          </label>
        ))}
      </fieldset>
      <hr />
      <fieldset>
        <legend>{t.language}</legend>
        {LANGS.map((name) => (
          <label key={name} class="item" lang={name}>
            <input
              type="radio"
              name="lang"
              checked={lang.value === name}
              onChange={() => {
                void switchLang(name);
                dropVisitLang();
              }}
            />
            {LANG_NAMES[name]}
          </label>
        ))}
      </fieldset>
    </>
  );
}

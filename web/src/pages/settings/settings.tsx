/** How the page looks in this browser, and what the server says about itself. */

import "../../shared";
import { apiUrl } from "../../api/client";
import { useResource } from "../../api/resource";
import { LANG_NAMES, LANGS, lang, switchLang, switchZone, texts, zone } from "../../i18n";
import { useTitle } from "../../shell/head";
import { KeyMap } from "../../shell/keymap";
import { DENSITIES, density, switchDensity, switchTheme, THEMES, theme } from "../../shell/theme";
import { Seg, type SegProps } from "../../ui/seg";
import { Loaded } from "../../ui/states";
import { dropVisitLang } from "../../url/location";
import { Limits, Server, type About } from "./about";
import { Stored } from "./stored";

export function SettingsPage() {
  const t = texts();
  useTitle(t.settings.title);
  const about = useResource<About>(apiUrl("/about"));
  return (
    <div class="settings">
      <Appearance />
      <section class="card">
        <h2>{t.settings.server}</h2>
        <Loaded resource={about} what={t.settings.server}>
          {(facts) => <Server about={facts} />}
        </Loaded>
      </section>
      <Stored />
      <section class="card">
        <h2>{t.settings.limits}</h2>
        <Loaded resource={about} what={t.settings.limits}>
          {(facts) => <Limits limits={facts.limits} />}
        </Loaded>
      </section>
      <section class="card">
        <h2>{t.settings.keys}</h2>
        <KeyMap />
      </section>
    </div>
  );
}

function Appearance() {
  const t = texts();
  const s = t.settings;
  const themes = { system: t.shell.system, light: t.shell.light, dark: t.shell.dark };
  const here = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const useLang = (next: (typeof LANGS)[number]) => {
    void switchLang(next);
    dropVisitLang();
  };
  return (
    <section class="card">
      <h2>{s.appearance}</h2>
      <p class="sub">{s.thisBrowser}</p>
      <Choice label={t.shell.theme} values={THEMES} now={theme.value} text={(name) => themes[name]} choose={switchTheme} />
      <Choice label={t.shell.language} values={LANGS} now={lang.value} text={(name) => <span lang={name}>{LANG_NAMES[name]}</span>} choose={useLang} />
      <Choice label={s.density} values={DENSITIES} now={density.value} text={(name) => s[name]} choose={switchDensity} />
      <Choice label={s.zone} values={["local", "utc"] as const} now={zone.value} text={(name) => (name === "utc" ? s.utc : s.local(here))} choose={switchZone} />
    </section>
  );
}

function Choice<T extends string>(props: SegProps<T>) {
  return (
    <div class="choice">
      <span>{props.label}</span>
      <Seg {...props} />
    </div>
  );
}

import {
  Dialog,
  Icon,
  LANGS,
  LANG_NAMES,
  T,
  THEMES,
  a,
  apiUrl,
  copyCommand,
  copyLink,
  copyPinnedLink,
  d,
  dropVisitLang,
  href,
  navigate,
  rank,
  sheet,
  switchLang,
  switchTheme,
  texts,
  traceIdIn,
  useResource,
  w
} from "./chunk.js";

// src/shell/palette.tsx
var OPTIONS_MAX = 12;
function Palette() {
  let t = texts(), [text, setText] = d(""), [selected, setSelected] = d(0), list = T(null), slos = useResource(apiUrl("/slos"), { topic: "slos" }).data, services = useResource(apiUrl("/services"), { topic: "traces" }).data, close = () => sheet.value = "none", all = w(() => {
    let themes = { system: t.shell.system, light: t.shell.light, dark: t.shell.dark }, go = (url) => () => navigate(url);
    return [
      { key: "overview", icon: "house", kind: t.palette.page, label: t.nav.overview, run: go(href("overview", {})) },
      { key: "slos", icon: "target", kind: t.palette.page, label: t.nav.slos, run: go(href("slos", {})) },
      { key: "traces", icon: "traces", kind: t.palette.page, label: t.nav.traces, run: go(href("traces", {})) },
      { key: "map", icon: "map", kind: t.palette.page, label: t.nav.map, run: go(href("map", {})) },
      { key: "alerts", icon: "bell", kind: t.palette.page, label: t.nav.alerts, run: go(href("alerts", {})) },
      { key: "definitions", icon: "file", kind: t.palette.page, label: t.nav.definitions, run: go(href("definitions", {})) },
      { key: "settings", icon: "settings", kind: t.palette.page, label: t.nav.settings, run: go(href("settings", {})) },
      ...uniqueNames(slos).map(({ name, label }) => ({ key: `slo ${name}`, icon: "target", kind: t.palette.slo, label, run: go(href("slo", { name })) })),
      ...(services?.items ?? []).map(
        ({ name }) => ({ key: `service ${name}`, icon: "traces", kind: t.palette.service, label: name, run: go(href("traces", {}, { q: `service=${quoteTerm(name)}` })) })
      ),
      { key: "link", icon: "link", kind: t.palette.action, label: t.palette.copyLink, run: copyLink },
      { key: "pinned", icon: "link", kind: t.palette.action, label: t.palette.copyPinned, run: copyPinnedLink },
      { key: "command", icon: "terminal", kind: t.palette.action, label: t.palette.copyCommand, run: copyCommand },
      { key: "help", icon: "help", kind: t.palette.action, label: t.shell.help, run: () => setTimeout(() => sheet.value = "help") },
      ...THEMES.map((name) => ({ key: `theme ${name}`, icon: "sun", kind: t.palette.action, label: t.palette.useTheme(themes[name]), run: () => switchTheme(name) })),
      ...LANGS.map(
        (name) => ({
          key: `lang ${name}`,
          icon: "settings",
          kind: t.palette.action,
          label: t.palette.useLanguage(LANG_NAMES[name]),
          run: () => {
            switchLang(name), dropVisitLang();
          }
        })
      )
    ];
  }, [t, slos, services]), id = traceIdIn(text), options = w(() => id ? [{ key: "trace", icon: "traces", kind: t.palette.trace, label: id, run: () => navigate(href("trace", { id })) }] : rank(all, text, (option) => `${option.label} ${option.kind}`).slice(0, OPTIONS_MAX), [all, text, id, t]), at = Math.min(selected, options.length - 1), run = (option) => {
    option && (close(), option.run());
  }, onKeyDown = (event) => {
    if (event.isComposing) return;
    let step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      let next = (at + step + options.length) % Math.max(1, options.length);
      setSelected(next), list.current?.children[next]?.scrollIntoView({ block: "nearest" });
    } else event.key === "Enter" && (event.preventDefault(), run(options[at]));
  };
  return a(Dialog, { label: t.palette.label, class: "top", onClose: close, children: [
    a(
      "input",
      {
        class: "palette-input",
        type: "text",
        role: "combobox",
        "aria-label": t.palette.label,
        "aria-expanded": "true",
        "aria-controls": "palette-options",
        "aria-autocomplete": "list",
        "aria-activedescendant": at >= 0 ? `palette-${at}` : void 0,
        placeholder: t.palette.placeholder,
        autocomplete: "off",
        spellcheck: !1,
        autofocus: !0,
        value: text,
        onInput: (event) => {
          setText(event.currentTarget.value), setSelected(0);
        },
        onKeyDown
      }
    ),
    a("div", { class: "palette-list", id: "palette-options", role: "listbox", "aria-label": t.palette.label, ref: list, children: options.map((option, i) => a("div", { id: `palette-${i}`, class: "option", role: "option", "aria-selected": i === at, onClick: () => run(option), onPointerMove: () => setSelected(i), children: [
      a(Icon, { name: option.icon }),
      a("span", { class: "clip spring", children: option.label }),
      a("span", { class: "sub nowrap", children: option.kind })
    ] }, option.key)) }),
    a("div", { class: "sr", role: "status", children: options.length === 0 ? t.palette.none : t.palette.results(options.length) }),
    options.length === 0 && a("p", { class: "state muted", children: t.palette.none })
  ] });
}
function uniqueNames(slos) {
  return [...new Map((slos?.items ?? []).map((slo) => [slo.name, slo.displayName ? `${slo.displayName} · ${slo.name}` : slo.name]))].map(([name, label]) => ({ name, label }));
}
function quoteTerm(value) {
  return /^[\w./-]+$/.test(value) ? value : `"${value.replaceAll('"', '\\"')}"`;
}
export {
  Palette
};

import {
  $,
  Dialog,
  Icon,
  a,
  allBindings,
  bindingsVersion,
  setSingleKeys,
  sheet,
  singleKeys,
  texts
} from "./chunk.js";

// src/shell/help.tsx
var GROUPS = ["global", "list", "trace", "slo"];
function HelpSheet() {
  let t = texts();
  bindingsVersion.value;
  let bindings = allBindings(), names = { global: t.keys.groupGlobal, list: t.keys.groupList, trace: t.keys.groupTrace, slo: t.keys.groupSlo }, close = () => sheet.value = "none";
  return a(Dialog, { label: t.shell.help, onClose: close, children: [
    a("div", { class: "dialog-head", children: [
      a("h2", { children: t.shell.help }),
      a("button", { type: "button", class: "btn icon-only quiet", "aria-label": t.shell.close, onClick: close, children: a(Icon, { name: "x" }) })
    ] }),
    a("div", { class: "dialog-body", tabIndex: 0, children: [
      a("div", { class: "keys", children: GROUPS.map((group) => {
        let own = bindings.filter((binding) => binding.group === group);
        return own.length > 0 && a("section", { children: [
          a("h3", { children: names[group] }),
          a("dl", { children: mergeByLabel(own).map(([label, keys]) => a(KeyLine, { label, keys }, label)) })
        ] }, group);
      }) }),
      a("label", { class: "switch", children: [
        a("input", { type: "checkbox", checked: singleKeys.value, onChange: (event) => setSingleKeys(event.currentTarget.checked) }),
        t.keys.singleKeys
      ] })
    ] })
  ] });
}
function mergeByLabel(bindings) {
  let lines = new Map();
  for (let { label, keys } of bindings) lines.set(label, [...lines.get(label) ?? [], keys]);
  return [...lines];
}
function KeyLine({ label, keys }) {
  return a($, { children: [
    a("dt", { children: label }),
    a("dd", { children: keys.map((key) => a("kbd", { children: key.replace("Arrow", "").replace("Right", "→").replace("Left", "←").replace("Down", "↓").replace("Up", "↑").replaceAll("+", " ").trim() || "+" }, key)) })
  ] });
}
export {
  HelpSheet
};

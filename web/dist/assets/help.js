import {
  Dialog,
  Icon,
  KeyMap,
  a,
  sheet,
  texts
} from "./chunk.js";

// src/shell/help.tsx
function HelpSheet() {
  let t = texts(), close = () => sheet.value = "none";
  return a(Dialog, { label: t.shell.help, onClose: close, children: [
    a("div", { class: "dialog-head", children: [
      a("h2", { children: t.shell.help }),
      a("button", { type: "button", class: "btn icon-only quiet", "aria-label": t.shell.close, onClick: close, children: a(Icon, { name: "x" }) })
    ] }),
    a("div", { class: "dialog-body", tabIndex: 0, children: a(KeyMap, {}) })
  ] });
}
export {
  HelpSheet
};

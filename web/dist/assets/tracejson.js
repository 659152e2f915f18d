import {
  $,
  A,
  Failure,
  Icon,
  Skeleton,
  a,
  copyText,
  d,
  saveFile,
  texts,
  zipkinJson
} from "./chunk.js";

// src/pages/trace/tracejson.tsx
var SHOWN_CHARS_MAX = 1e5;
function TraceJson({ model }) {
  let t = texts(), [attempt, setAttempt] = d(0), [text, setText] = d(void 0);
  if (A(() => {
    let isHere = !0;
    return zipkinJson(model.traceId).then(
      (json) => isHere && setText(json),
      () => isHere && setText(null)
    ), () => {
      isHere = !1;
    };
  }, [model, attempt]), text === void 0) return a(Skeleton, { rows: 10 });
  if (text === null) return a(Failure, { what: t.trace.json, problem: { title: "", status: 0 }, retry: () => setAttempt(attempt + 1) });
  let isCut = text.length > SHOWN_CHARS_MAX;
  return a($, { children: [
    a("div", { class: "row tight table-tools", children: [
      a("span", { class: "sub", children: isCut ? t.trace.jsonCut : t.trace.jsonHint }),
      a("span", { class: "spring" }),
      a("button", { type: "button", class: "btn small", onClick: () => {
        copyText(text);
      }, children: [
        a(Icon, { name: "copy" }),
        t.shell.copy
      ] }),
      a("button", { type: "button", class: "btn small", onClick: () => saveFile(`${model.traceId}.json`, "application/json", text), children: [
        a(Icon, { name: "download" }),
        t.trace.download
      ] })
    ] }),
    a("pre", { class: "json", tabIndex: 0, "aria-label": t.trace.jsonHint, children: isCut ? `${text.slice(0, SHOWN_CHARS_MAX)}
…` : text })
  ] });
}
export {
  TraceJson
};

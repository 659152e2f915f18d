/**
 * What is written of elements and styles in dist/, made shorter. All of it is form: the sources stay as they are.
 *
 * An element whose only property is its class has the class in place of its properties, one with others beside it has it
 * after its name, one without any has 0, and a button is `type="button"` unless it says otherwise: `src/jsx.ts` reads that.
 */

/** What esbuild is to call for an element; nothing in the sources has this name. */
export const FACTORY = "$h";

const ONLY_CLASS = /(\$h\((?:\w+|"[\w-]+"), )\{ class: ("(?:[^"\\]|\\.)*") \}/g;
const WITH_CLASS = /(\$h\("[\w-]+)", \{ class: "((?:[^"\\]|\\.)*)", /g;
const NOTHING = /(\$h\((?:\w+|"[\w-]+"), )null/g;
const BUTTON = /(\$h\("button", \{ )type: "button", /g;

/** JavaScript as esbuild writes it from JSX, not minified. */
export function shortElements(code) {
  return code.replace(BUTTON, "$1").replace(ONLY_CLASS, "$1$2").replace(WITH_CLASS, '$1 $2", { ').replace(NOTHING, "$10");
}

/** Shorter ones are not worth it. */
const PROPERTY_CHARS_MIN = 5;

/**
 * Styles with short names for custom properties. One that a script or the page's HTML names, or whose name a script puts
 * together (`--s${n}`), keeps its own.
 */
export function shortProperties(css, others) {
  const declared = [...new Set([...css.matchAll(/(--[\w-]+)\s*:/g)].map(([, name]) => name))];
  const inParts = [...others.matchAll(/(--[\w-]*)\$\{/g)].map(([, start]) => start);
  const isFree = (name) => name.length >= PROPERTY_CHARS_MIN && !others.includes(name) && !inParts.some((start) => name.startsWith(start));
  const taken = new Set(css.match(/--[\w-]+/g));
  let n = 0;
  const next = () => {
    for (;;) {
      const name = `--${(n++).toString(36)}`;
      if (!taken.has(name)) return name;
    }
  };
  const names = new Map(declared.filter(isFree).map((name) => [name, next()]));
  return css.replace(/--[\w-]+/g, (name) => names.get(name) ?? name);
}

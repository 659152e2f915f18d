/**
 * Short keys of the catalogues in dist/. Every key stands there three times: in English, in Korean and where it is said;
 * nobody but our own pages reads them. This writes `t.slo.left` as `t.slo$.left$` before esbuild sees it, which then gives
 * each name that ends in `$` a short one. The sources stay as they are.
 *
 * It reads text, not a syntax tree, so it may miss a place; the types judge that: `node shorten.mjs --check` has the
 * compiler read what was written here. A key that was forgotten on one side, or a word taken for one, does not compile.
 * What the compiler cannot judge keeps its names: groups out of which a value chooses (`t.kinds[kind]`).
 */

import * as esbuild from "esbuild";
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { FACTORY, shortElements } from "./elements.mjs";

/** What esbuild is to shorten. No name of ours, of the browser or of an answer ends in it. */
export const MARKED = /^\w+\$$/;

const CATALOGUE = /i18n[\\/](en|ko)([\\/]\w+)?\.ts$/;

const filesOf = (dir) => readdirSync(dir, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? filesOf(join(dir, entry.name)) : [join(dir, entry.name)]));
const isGroup = (value) => typeof value === "object" && value !== null;

/** The English catalogue as it is: all others have its keys. */
async function english(root) {
  const { outputFiles } = await esbuild.build({ absWorkingDir: root, entryPoints: ["src/i18n/en.ts"], bundle: true, format: "esm", write: false });
  return (await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString("base64")}`)).en;
}

/** Calls `visit(match, base, path)` wherever a source reads the catalogue; `base` and `path` lead to what is read. */
function readings(source, tree, visit) {
  const bases = new Map([["texts", []], ["texts()", []], ["this.texts", []]]);
  const chains = /(?:const (\w+) = )?(?<![\w.$])(this\.texts|texts\(\)|[A-Za-z_]\w*)((?:\s*\??\.\s*\w+)*)/g;
  let out = "";
  let from = 0;
  for (const match of source.matchAll(chains)) {
    const [text, alias, root, rest] = match;
    const base = bases.get(root);
    if (!base) {
      if (alias) bases.delete(alias); // it is something else from here on
      continue;
    }
    const path = [...base];
    const names = rest.match(/\w+/g) ?? [];
    for (const name of names) {
      const at = path.reduce((node, key) => node[key], tree);
      if (!isGroup(at) || !Object.hasOwn(at, name)) break;
      path.push(name);
    }
    const end = match.index + text.length;
    const whole = path.length - base.length === names.length;
    if (alias) {
      if (whole && /^\s*;/.test(source.slice(end))) bases.set(alias, path);
      else bases.delete(alias);
    }
    const said = visit({ base, path, whole, alias, before: source.slice(Math.max(0, match.index - 24), match.index), after: source.slice(end, end + 16) });
    let i = base.length;
    const marked = rest.replace(/\w+/g, (name) => (i < path.length ? said(path.slice(0, ++i), name) : name));
    out += source.slice(from, end - rest.length) + marked;
    from = end;
  }
  return out + source.slice(from);
}

/** Paths whose keys a value chooses, as `area.group`. */
function chosen(sources, tree) {
  const kept = new Set();
  const strings = new Set(sources.flatMap(({ text }) => [...text.matchAll(/["'`](\w+)["'`]/g)].map(([, word]) => word)));
  const keep = (path) => {
    const node = path.reduce((at, key) => at[key], tree);
    if (!isGroup(node)) return;
    for (const key of Object.keys(node)) {
      // Of a whole area only words of a type can be asked for, and those stand in the sources.
      if (path.length < 2 && !strings.has(key)) continue;
      kept.add([...path, key].join("."));
      if (path.length > 1) keep([...path, key]);
    }
  };
  for (const { text } of sources) {
    readings(text, tree, ({ path, whole, alias, before, after }) => {
      const isLookedUp = /^\s*(\?\.)?\[/.test(after);
      const isHandedOn = whole && path.length > 1 && !alias && !/^\s*;/.test(after) && !/typeof\s+$/.test(before);
      if (whole && (isLookedUp || isHandedOn)) keep(path);
      return (_, name) => name;
    });
  }
  return kept;
}

/** A catalogue with its keys marked: names before a colon, directly inside braces. */
function markKeys(source, kept, tree) {
  const token = /\/\*[\s\S]*?\*\/|\/\/.*|"(?:[^"\\]|\\.)*"|`(?:[^`\\$]|\\.|\$(?!\{)|\$\{(?:[^{}`]|`[^`]*`)*\})*`|([A-Za-z_]\w*)(\s*:)|=>|[{}()[\],;=]|[A-Za-z_]\w*/g;
  const stack = [];
  let before = "";
  let last = "";
  // Areas are named in types: `Pick<Catalogue, "slo">`.
  const typed = source.replace(/Pick<Catalogue, [^>]*>/g, (type) => type.replace(/(\w+)"/g, '$1$"'));
  return typed.replace(token, (text, name, colon) => {
    if (text.startsWith("/")) return text;
    const [was, inside] = [before, stack.at(-1)];
    before = text;
    if (text === "{" || text === "(" || text === "[") stack.push({ open: text, key: text === "{" ? last : "" });
    if (text === "}" || text === ")" || text === "]") stack.pop();
    last = "";
    if (name === undefined || inside?.open !== "{" || (was !== "{" && was !== ",")) return text;
    last = name;
    const path = [...stack.map(({ key }) => key).filter(Boolean), name];
    return known(tree, path) && !kept.has(path.join(".")) ? `${name}$${colon}` : text;
  });
}

const known = (tree, path) => path.reduce((node, key) => (isGroup(node) && Object.hasOwn(node, key) ? node[key] : undefined), tree) !== undefined;

/** How a source is written for esbuild, by its file. */
async function marker(root) {
  const tree = await english(root);
  const sources = filesOf(join(root, "src")).filter((file) => /\.tsx?$/.test(file)).map((file) => ({ file, text: readFileSync(file, "utf8") }));
  const kept = chosen(sources.filter(({ file }) => !CATALOGUE.test(file)), tree);
  return (file, text) => {
    if (CATALOGUE.test(file)) return markKeys(text, kept, tree);
    return readings(text, tree, () => (path, name) => (kept.has(path.join(".")) ? name : `${name}$`));
  };
}

/** The plugin for esbuild; it has to be given `mangleProps: MARKED` too. */
export function shorten(root) {
  return {
    name: "shorten",
    async setup(build) {
      const mark = await marker(root);
      build.onLoad({ filter: /[\\/]src[\\/].*\.tsx?$/ }, async ({ path }) => {
        const marked = mark(path, readFileSync(path, "utf8"));
        if (!path.endsWith("x")) return { contents: marked, loader: "ts" };
        const { code } = await esbuild.transform(marked, { loader: "tsx", jsxFactory: FACTORY, jsxFragment: "Fragment", charset: "utf8", tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } } });
        return { contents: shortElements(code), loader: "js" };
      });
    },
  };
}

/** Has the compiler read every source as it is written for esbuild. */
async function check(root) {
  const into = join(root, "node_modules/.cache/shortened");
  rmSync(into, { recursive: true, force: true });
  const mark = await marker(root);
  for (const file of filesOf(join(root, "src"))) {
    if (!/\.tsx?$/.test(file)) continue;
    const to = join(into, relative(root, file));
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(to, mark(file, readFileSync(file, "utf8")));
  }
  const options = JSON.parse(readFileSync(join(root, "tsconfig.json"), "utf8")).compilerOptions;
  writeFileSync(join(into, "tsconfig.json"), JSON.stringify({ compilerOptions: options, include: ["src"] }));
  const { status, stdout } = spawnSync(join(root, "node_modules/.bin/tsc"), ["--noEmit", "-p", into], { encoding: "utf8" });
  if (status !== 0) console.error(`the catalogues' keys cannot be shortened safely:\n${stdout.replaceAll(relative(root, into) + sep, "")}`);
  return status ?? 1;
}

const here = dirname(fileURLToPath(import.meta.url));
if (process.argv[1] === fileURLToPath(import.meta.url) && process.argv.includes("--check")) process.exitCode = await check(here);

/**
 * Builds dist/: small (minified, in lines short enough to be merged), deterministic (the same sources give the same
 * bytes, names carry no hashes), complete (fonts and notices included).
 *
 *   node build.mjs            build
 *   node build.mjs --watch    build again on each change
 *   node build.mjs --verify   build elsewhere and compare: exit 1 when dist/ is not what the sources give
 */

import * as esbuild from "esbuild";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, watch, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { FACTORY, shortProperties } from "./elements.mjs";
import { MARKED, shorten } from "./shorten.mjs";

const root = dirname(fileURLToPath(import.meta.url));

/** Bytes after gzip of a first visit's script, of a lazy page, of the styles; and of everything but fonts, uncompressed. */
const BUDGETS = { js_gz: 60 * 1024, lazy_gz: 25 * 1024, css_gz: 12 * 1024, raw: 400 * 1000 };

/** Where a line of dist/ is broken, at the next place where it may be. */
const LINE_CHARS = 800;

async function build(out) {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(join(out, "assets"), { recursive: true });
  const { outputFiles } = await esbuild.build({
    write: false,
    absWorkingDir: root,
    entryPoints: { app: "src/main.tsx", "app-style": "src/styles/app.css" },
    entryNames: "[name]",
    // Lazily loaded pages; what they share with the first one is a single file (src/shared.ts).
    splitting: true,
    chunkNames: "[name]",
    outdir: join(out, "assets"),
    bundle: true,
    format: "esm",
    target: ["chrome123", "firefox128", "safari17.5"], // the first versions with light-dark() and popover
    // Children as arguments, not as a property: every element with some is ten bytes shorter (12 kB together).
    jsxFactory: FACTORY,
    jsxFragment: "Fragment",
    inject: ["src/jsx.ts"],
    tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
    plugins: [shorten(root)],
    mangleProps: MARKED,
    minify: true,
    lineLimit: LINE_CHARS, // a long line would be one conflict for every two branches
    legalComments: "none", // the notices are shipped as one file
    charset: "utf8",
    external: ["fonts/*"],
    logLevel: "warning",
  });
  // What scripts and the page itself may say of styles.
  const others = ["src/index.html", "public/theme.js"].map((name) => readFileSync(join(root, name), "utf8")).join("") + outputFiles.filter(({ path }) => path.endsWith(".js")).map(({ text }) => text).join("");
  for (const { path, text } of outputFiles) {
    // Hints for bundlers, which nobody will be after this one.
    const bare = text.replaceAll("/* @__PURE__ */ ", "");
    if (path.endsWith(".css")) writeFileSync(path.replace("app-style.css", "app.css"), shortProperties(bare, others));
    else writeFileSync(path, bare);
  }
  cpSync(join(root, "src/index.html"), join(out, "index.html"));
  cpSync(join(root, "public"), join(out, "assets"), { recursive: true });
  cpSync(join(root, "fonts"), join(out, "assets/fonts"), { recursive: true, filter: (path) => !path.endsWith(".md") });
}

function filesOf(dir) {
  return readdirSync(dir, { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? filesOf(join(dir, entry.name)) : [join(dir, entry.name)]))
    .sort();
}

/** Prints the sizes; returns the budgets that are exceeded. */
function report(out) {
  let raw = 0;
  let firstJs = 0;
  const exceeded = [];
  for (const file of filesOf(out)) {
    const bytes = readFileSync(file);
    const gz = gzipSync(bytes, { level: 9 }).length;
    const isCode = /\.(js|css|html|svg)$/.test(file);
    if (isCode) raw += bytes.length;
    console.log(`${relative(out, file).padEnd(40)} ${String(bytes.length).padStart(8)} B ${isCode ? `${String(gz).padStart(7)} B gzip` : ""}`);
    if (/\/(app|chunk)\.js$/.test(file)) firstJs += gz;
    else if (file.endsWith(".js") && gz > BUDGETS.lazy_gz) exceeded.push(`${relative(out, file)} is ${gz} B after gzip, budget ${BUDGETS.lazy_gz}`);
    if (file.endsWith(".css") && gz > BUDGETS.css_gz) exceeded.push(`${relative(out, file)} is ${gz} B after gzip, budget ${BUDGETS.css_gz}`);
  }
  if (firstJs > BUDGETS.js_gz) exceeded.push(`the first page takes ${firstJs} B of script after gzip, budget ${BUDGETS.js_gz}`);
  console.log(`${"script of the first page".padEnd(40)} ${"".padStart(8)}   ${String(firstJs).padStart(7)} B gzip`);
  console.log(`${"all but fonts and notices".padEnd(40)} ${String(raw).padStart(8)} B`);
  if (raw > BUDGETS.raw) exceeded.push(`the interface is ${raw} B, budget ${BUDGETS.raw}`);
  return exceeded;
}

/** Files that differ between two directories. */
function differences(a, b) {
  const names = new Set([...filesOf(a).map((file) => relative(a, file)), ...filesOf(b).map((file) => relative(b, file))]);
  const bytesAt = (dir, name) => (statSync(join(dir, name), { throwIfNoEntry: false }) ? readFileSync(join(dir, name)) : null);
  return [...names].filter((name) => {
    const [left, right] = [bytesAt(a, name), bytesAt(b, name)];
    return !left || !right || !left.equals(right);
  });
}

const dist = join(root, "dist");
let failures;
if (process.argv.includes("--verify")) {
  const fresh = mkdtempSync(join(tmpdir(), "nines-web-"));
  await build(fresh);
  failures = differences(fresh, dist).map((name) => `dist/${name} is not what the sources give; run npm run build`);
  failures.push(...report(fresh));
  rmSync(fresh, { recursive: true });
} else {
  await build(dist);
  failures = report(dist);
}
for (const failure of failures) console.error(`error: ${failure}`);
process.exitCode = failures.length > 0 ? 1 : 0;

if (process.argv.includes("--watch")) {
  let timer;
  for (const dir of ["src", "public"]) {
    watch(join(root, dir), { recursive: true }, () => {
      clearTimeout(timer);
      timer = setTimeout(() => build(dist).then(() => console.log(new Date().toLocaleTimeString(), "built"), console.error), 50);
    });
  }
}

/** Runs tests one after the other, says how each went, counts. */

/** A test that takes longer has hung. */
const TEST_MS_MAX = 60_000;

export class Report {
  #only;
  #passed = 0;
  #failed = [];
  #skipped = 0;

  /** Only tests whose name holds all words of `only`. */
  constructor(only) {
    this.#only = only.split(/\s+/).filter(Boolean);
  }

  /** Whether a test of that name is run. */
  wants(name) {
    return this.#only.every((word) => name.includes(word));
  }

  async test(name, run) {
    if (!this.wants(name)) return;
    const started = Date.now();
    let timer;
    try {
      await Promise.race([
        run(),
        new Promise((_, reject) => (timer = setTimeout(() => reject(new Error(`took longer than ${TEST_MS_MAX / 1000} s`)), TEST_MS_MAX))),
      ]);
      this.#passed++;
      console.log(`ok      ${name} (${Date.now() - started} ms)`);
    } catch (error) {
      this.#failed.push(name);
      console.log(`FAILED  ${name}\n        ${String(error instanceof Error ? error.message : error).replaceAll("\n", "\n        ")}`);
    } finally {
      clearTimeout(timer);
    }
  }

  skip(name, why) {
    if (!this.wants(name)) return;
    this.#skipped++;
    console.log(`skipped ${name}: ${why}`);
  }

  /** A figure worth reading. */
  note(text) {
    console.log(`        ${text}`);
  }

  /** Prints the last line; gives the exit code. */
  finish() {
    for (const name of this.#failed) console.log(`FAILED  ${name}`);
    console.log(`${this.#passed} passed, ${this.#failed.length} failed, ${this.#skipped} skipped`);
    return this.#failed.length > 0 ? 1 : 0;
  }
}

/** Throws with both values. */
export function equal(actual, expected, what) {
  if (actual !== expected) throw new Error(`${what}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(actual)}`);
}

export function holds(condition, what) {
  if (!condition) throw new Error(what);
}

/** Waits until `read` gives something true, and gives it. */
export async function eventually(read, what, withinMs = 8_000) {
  const until = Date.now() + withinMs;
  for (;;) {
    const value = await read();
    if (value) return value;
    if (Date.now() > until) throw new Error(`not within ${withinMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

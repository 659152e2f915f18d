/** One entry by hand, from anywhere: what it was and how long it took. The rest is offered. */

import { useState } from "preact/hooks";
import { apiUrl, getJson } from "../../api/client";
import { nowMs } from "../../api/live";
import { invalidate, useResource } from "../../api/resource";
import { lang, texts } from "../../i18n";
import { sheet } from "../../shell/actions";
import { readChoice, saveChoice } from "../../shell/storage";
import { Dialog } from "../../ui/dialog";
import { toast } from "../../ui/toast";
import { place } from "../../url/location";
import { windowOf } from "../../url/weeks";
import { keyOf, recordOf, type Draft, type ToilReport } from "./model";

const CATEGORIES = ["business_process", "interrupt", "oncall", "release", "migration", "capacity_cost", "opaque_debug", "other"];
/** The server takes no longer text. */
const TEXT_CHARS_MAX = 200;
/** A day's work; more is a project. */
const MINUTES_MAX = 24 * 60;

const randomId = () => [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

export function LogToil() {
  const t = texts().toil;
  const close = () => (sheet.value = "none");
  const here = place.peek();
  const report = useResource<ToilReport>(apiUrl("/toil/report", windowOf("13", nowMs.peek()))).data;
  const [draft, setDraft] = useState<Draft>({ text: "", minutes: 15, task: "", category: "other", interrupt: false, person: readChoice("person") ?? "", team: here.name === "toil" ? here.query.team : "" });
  // The same id with each try: an answer that got lost does not make a second entry.
  const [id] = useState(randomId);
  const set = (change: Partial<Draft>) => setDraft((before) => ({ ...before, ...change }));
  const known = report?.top ?? [];
  const teams = [...new Set((report?.teams ?? []).map(({ team }) => team).filter(Boolean))];

  const chooseTask = (task: string) => {
    const one = known.find((other) => other.task === task);
    set(one ? { task, category: one.category ?? draft.category, team: draft.team || (one.team ?? ""), text: draft.text || (one.title ?? "") } : { task });
  };
  const send = async (event: Event) => {
    event.preventDefault();
    saveChoice("person", draft.person.trim() || null);
    try {
      await getJson(apiUrl("/toil"), lang.peek(), undefined, JSON.stringify(recordOf(draft, Date.now(), id)));
      toast(t.logged(String(draft.minutes), draft.text.trim()));
      invalidate("timeline");
      close();
    } catch (error) {
      toast(t.refused(String(error instanceof Error ? error.message : error)));
    }
  };
  return (
    <Dialog label={t.log} onClose={close}>
      <div class="dialog-head">
        <h2>{t.log}</h2>
      </div>
      <form class="dialog-body grid toil-log" onSubmit={(event) => void send(event)}>
        <label class="field">
          {t.what}
          <input class="input" name="text" required autofocus maxLength={TEXT_CHARS_MAX} value={draft.text} onInput={(event) => set({ text: event.currentTarget.value })} />
        </label>
        <div class="toil-pair">
          <label class="field">
            {t.howLong}
            <input class="input" name="minutes" type="number" required min={1} max={MINUTES_MAX} value={draft.minutes} onInput={(event) => set({ minutes: event.currentTarget.valueAsNumber || 0 })} />
          </label>
          <label class="field">
            {t.category}
            <select class="input" name="category" value={draft.category} onChange={(event) => set({ category: event.currentTarget.value })}>
              {CATEGORIES.map((name) => (
                <option key={name} value={name}>
                  {t.categories[name]}
                </option>
              ))}
            </select>
          </label>
        </div>
        <label class="field">
          {t.taskKey}
          <input class="input" name="task" list="toil-tasks" maxLength={TEXT_CHARS_MAX} placeholder={keyOf(draft.text)} value={draft.task} aria-describedby="toil-task-hint" onInput={(event) => chooseTask(event.currentTarget.value)} />
          <datalist id="toil-tasks">
            {known.map(({ task, title }) => (
              <option key={task} value={task}>
                {title}
              </option>
            ))}
          </datalist>
        </label>
        <p class="sub" id="toil-task-hint">
          {t.taskHint}
        </p>
        <div class="toil-pair">
          <label class="field">
            {t.yourName}
            <input class="input" name="person" maxLength={TEXT_CHARS_MAX} value={draft.person} onInput={(event) => set({ person: event.currentTarget.value })} />
          </label>
          <label class="field">
            {t.team}
            <input class="input" name="team" list="toil-teams" maxLength={TEXT_CHARS_MAX} value={draft.team} onInput={(event) => set({ team: event.currentTarget.value })} />
            <datalist id="toil-teams">
              {teams.map((team) => (
                <option key={team} value={team} />
              ))}
            </datalist>
          </label>
        </div>
        <label class="row tight">
          <input type="checkbox" name="interrupt" checked={draft.interrupt} onChange={(event) => set({ interrupt: event.currentTarget.checked })} />
          {t.interrupt}
        </label>
        <div class="row tight">
          <button type="submit" class="btn primary">
            {t.save}
          </button>
          <button type="button" class="btn" onClick={close}>
            {t.cancel}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

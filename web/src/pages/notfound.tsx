/** An address that no page has. */

import { texts } from "../i18n";
import { useTitle } from "../shell/head";
import { Empty } from "../ui/states";
import { href } from "../url/routes";

export function NotFound({ pathname }: { pathname: string }) {
  const t = texts().state;
  useTitle(t.notFoundTitle);
  return (
    <section class="card">
      <Empty title={t.notFoundTitle}>
        <p>{t.notFoundText(pathname)}</p>
        <div class="row">
          <a class="btn primary" href={href("overview", {})}>
            {t.notFoundGo}
          </a>
        </div>
      </Empty>
    </section>
  );
}

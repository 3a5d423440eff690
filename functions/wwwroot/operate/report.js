import { read, send } from '../api.js';
import { fill, h } from '../dom.js';
import { bytes } from '../format.js';
import { failed, waiting } from '../states.js';
import { t } from '../texts.js';
import { complain, toast } from '../toast.js';

/** What deleting all copies would free, and the whole list as a file. */
export function report(leaving) {
  const totals = h('div', { role: 'status' });
  const element = h(
    'section',
    { class: 'panel operate' },
    h('h2', {}, t('report.title')),
    h('p', { class: 'hint' }, t('report.hint')),
    totals,
    h('button', { type: 'button', onclick: count }, t('report.count')),
    ' ',
    h('button', { type: 'button', onclick: download }, t('report.download')),
  );
  return { element };

  async function count() {
    fill(totals, waiting(t('report.counting')));
    try {
      const found = await read('/api/duplicates/totals', { signal: leaving });
      fill(
        totals,
        h(
          'p',
          { class: 'number' },
          t(found.isComplete ? 'report.groups' : 'report.groupsAtLeast', { groups: found.groups, lookAlikes: found.lookAlikes }),
        ),
        h('p', { class: 'number' }, t('report.quarantined', { copies: found.quarantined, bytes: bytes(found.quarantinedBytes) })),
        h('p', { class: 'number' }, t('report.copies', { copies: found.copies, bytes: bytes(found.copiesBytes) })),
      );
    } catch (error) {
      if (error.name !== 'AbortError') fill(totals, failed(error, count));
    }
  }

  async function download() {
    const close = toast(t('report.fetching'), { seconds: 0 });
    try {
      const url = URL.createObjectURL(await (await send('/api/duplicates/report?format=csv', { signal: leaving })).blob());
      h('a', { href: url, download: 'duplicates.csv' }).click();
      setTimeout(() => URL.revokeObjectURL(url), 60_000);
    } catch (error) {
      if (error.name !== 'AbortError') complain(error);
    } finally {
      close();
    }
  }
}

import { query, read } from '../api.js';
import { fill, h } from '../dom.js';
import { t } from '../texts.js';
import { explained } from '../toast.js';
import { put } from './put.js';
import { row } from './row.js';

const atOnce = 3;
const mostLookedUp = 100;
const [soonest, latest] = [300, 4000];

/** The chosen files, from the first byte to their verdicts. */
export function uploads() {
  const waiting = [];
  const judged = new Map();
  const counts = { given: 0, indexed: 0, quarantined: 0, rejected: 0, failed: 0 };
  const rows = h('ul', { class: 'upload-rows' });
  const summary = h('p', { class: 'upload-summary', role: 'status' });
  const element = h('section', { 'aria-label': t('upload.list') }, summary, rows);
  let busy = 0;
  let polling = false;
  window.addEventListener('beforeunload', (event) => waiting.length + busy > 0 && event.preventDefault());
  return { element, add };

  function add(files) {
    counts.given += files.length;
    waiting.push(...files);
    sum();
    while (busy < atOnce && waiting.length > 0) work();
  }

  async function work() {
    busy++;
    for (let next = waiting.shift(); next; next = waiting.shift()) await upload(next);
    busy--;
    sum();
  }

  async function upload(item, overwrite = false) {
    item.row ??= row(item, rows);
    item.row.sending(0);
    try {
      const reply = await put(query('/api/images', { path: item.path, overwrite: overwrite || '' }), item.file, item.row.sending);
      item.version = reply.version;
      item.row.judging();
      judged.set(reply.path, item);
      if (!polling) poll();
    } catch (error) {
      counts.failed++;
      const again = (replace) => {
        counts.failed--;
        sum();
        upload(item, replace);
      };
      item.row.failed(
        explained(error),
        error.status === 409
          ? { label: t('upload.replace'), run: () => again(true) }
          : { label: t('page.again'), run: () => again(overwrite) },
      );
    }
    sum();
  }

  /** Polls all unsettled files, less and less often while nothing changes. */
  async function poll() {
    polling = true;
    let pause = soonest;
    while (judged.size > 0) {
      await new Promise((resolve) => setTimeout(resolve, pause));
      const paths = [...judged.keys()].slice(0, mostLookedUp);
      try {
        const { images } = await read('/api/images/lookup', { method: 'POST', json: { paths } });
        const settled = images.filter(settle);
        pause = settled.length > 0 ? soonest : Math.min(latest, pause * 1.4);
        for (const path of paths.filter((path) => judged.has(path))) moveBehind(path);
      } catch {
        pause = latest;
      }
      sum();
    }
    polling = false;
  }

  function settle({ path, version, status, image }) {
    const item = judged.get(path);
    if (!item || !image || version !== item.version) return false;
    if (image.status === 'waiting') {
      item.row.waiting(image);
      return false;
    }
    judged.delete(path);
    counts[status]++;
    item.row.settled(image);
    return true;
  }

  // The longest waiting files must not keep the rest from being polled.
  function moveBehind(path) {
    const item = judged.get(path);
    judged.delete(path);
    judged.set(path, item);
  }

  function sum() {
    const done = counts.indexed + counts.quarantined + counts.rejected;
    if (counts.given === 0) return;
    const parts = [
      counts.indexed && t('upload.countIndexed', { count: counts.indexed }),
      counts.quarantined && t('upload.countQuarantined', { count: counts.quarantined }),
      counts.rejected && t('upload.countRejected', { count: counts.rejected }),
      counts.failed && t('upload.countFailed', { count: counts.failed }),
    ].filter(Boolean);
    fill(
      summary,
      t(parts.length > 0 ? 'upload.doneWith' : 'upload.done', { count: counts.given, done: done + counts.failed, parts: parts.join(', ') }),
    );
  }
}

import { query, read } from '../api.js';
import { confirm } from '../confirm.js';
import { fill, h } from '../dom.js';
import { bytes } from '../format.js';
import { failed, waiting } from '../states.js';
import { t } from '../texts.js';
import { ruleForm } from './rule-form.js';
import { pairList, sums } from './rule-preview.js';
import { ruleRuns } from './rule-runs.js';

const page = 200;
const mostShown = 1000;

/** A rule for many pairs at once: chosen, previewed with pictures, applied, undone. `changed()` is told when the list must be read again. */
export function rules(leaving, { changed, undoable }) {
  const answer = h('div', { class: 'answer', 'aria-live': 'polite' });
  const form = ruleForm(preview);
  const runs = ruleRuns(leaving, changed);
  const element = h(
    'section',
    { id: 'rules', class: 'panel rules', hidden: true, 'aria-label': t('rule.label') },
    h('p', { class: 'hint' }, t('rule.hint')),
    form.element,
    answer,
    runs.elements,
  );
  const button = h('button', { type: 'button', 'aria-expanded': 'false', 'aria-controls': 'rules', onclick: toggle }, t('rule.button'));
  let running;
  form.element.addEventListener('input', () => {
    running?.abort();
    fill(answer);
  });
  return { element, button };

  function toggle() {
    element.hidden = !element.hidden;
    button.setAttribute('aria-expanded', String(!element.hidden));
    if (element.hidden) return;
    runs.show();
    form.element.querySelector('select').focus();
  }

  /** Page by page, so that the first pictures are there at once; the numbers are those of all pages. */
  async function preview() {
    running?.abort();
    running = new AbortController();
    const { signal } = running;
    leaving.addEventListener('abort', () => running.abort(), { once: true });
    const rule = form.rule();
    const pairs = [];
    let counts = {};
    let continuation;
    fill(answer, waiting(t('rule.comparing')));
    try {
      do {
        const reply = await read(query('/api/rules/preview', { top: page, continuation }), { method: 'POST', json: rule, signal });
        counts = Object.fromEntries(Object.entries(reply.counts).map(([name, value]) => [name, value + (counts[name] ?? 0)]));
        if (pairs.length < mostShown) pairs.push(...reply.pairs);
        ({ continuation } = reply);
        if (continuation) fill(answer, waiting(t('rule.compared', { count: counts.pairs })));
      } while (continuation);
      show(rule, counts, pairs);
    } catch (error) {
      if (error.name !== 'AbortError') fill(answer, failed(error, preview));
    }
  }

  function show(rule, counts, pairs) {
    const go = h(
      'button',
      { type: 'button', class: rule.action === 'trash' ? 'danger' : 'primary', onclick: () => apply(rule, counts) },
      t('rule.apply', { count: counts.changes }),
    );
    fill(
      answer,
      sums(counts),
      counts.changes > 0 && h('div', { class: 'buttons' }, go),
      pairs.length < counts.pairs && h('p', { class: 'hint' }, t('rule.firstPairs', { count: pairs.length })),
      pairList(pairs),
    );
    if (counts.changes > 0) go.focus({ preventScroll: true });
  }

  async function apply(rule, counts) {
    const sure =
      rule.action !== 'trash' ||
      (await confirm({
        title: t('rule.trashTitle', { count: counts.trashed }),
        text: t('rule.trashText', { bytes: bytes(counts.bytesFreed) }),
        action: t('review.trashAction'),
      }));
    if (!sure) return;
    fill(answer);
    const job = await runs.apply('/api/rules', rule);
    if (job?.undoUntil) undoable(t('rule.decided', { count: job.done }), () => runs.apply(`/api/rules/${job.id}/undo`));
  }
}

import { read } from '../api.js';
import { fill, h } from '../dom.js';
import { failed, waiting } from '../states.js';
import { t } from '../texts.js';
import { complain } from '../toast.js';

const every = 500;

/** Compares bucket, ledger and index; repairs them on request. */
export function reconcile(leaving) {
  const answer = h('div', { class: 'answer', role: 'status' });
  const check = h('button', { type: 'button', onclick: () => run(true) }, t('reconcile.look'));
  const element = h(
    'section',
    { class: 'panel operate' },
    h('h2', {}, t('reconcile.title')),
    h('p', { class: 'hint' }, t('reconcile.hint')),
    h('div', { class: 'buttons' }, check),
    answer,
  );
  return { element };

  async function run(dryRun) {
    check.disabled = true;
    fill(answer, waiting(t(dryRun ? 'reconcile.comparing' : 'reconcile.repairing')));
    try {
      let job = await read(`/api/reconcile?dryRun=${dryRun}`, { method: 'POST', signal: leaving });
      while (job.status === 'running') {
        fill(answer, [
          waiting(progress(job)),
          h('div', { class: 'buttons' }, h('button', { type: 'button', onclick: () => cancel(job.id) }, t('page.cancel'))),
        ]);
        await new Promise((resolve) => setTimeout(resolve, every));
        job = await read(`/api/reconcile/${job.id}`, { signal: leaving });
      }
      fill(answer, report(job));
    } catch (error) {
      if (error.name !== 'AbortError')
        fill(
          answer,
          failed(error, () => run(dryRun)),
        );
    } finally {
      check.disabled = false;
    }
  }

  async function cancel(id) {
    try {
      await read(`/api/reconcile/${id}`, { method: 'DELETE' });
    } catch (error) {
      complain(error);
    }
  }

  function report({ status, reason, dryRun, checked, differences, more }) {
    return [
      status !== 'completed' &&
        h('p', {}, h('strong', {}, t(status === 'cancelled' ? 'reconcile.cancelled' : 'reconcile.failed')), ' ', reason),
      h(
        'p',
        {},
        t(
          'reconcile.compared',
          Object.fromEntries(['blobs', 'records', 'documents'].map((what) => [what, t(`count.${what}`, { count: checked[what] })])),
        ),
        ' ',
        h('strong', {}, differences.length === 0 ? t('reconcile.agree') : t(outcome(dryRun, more), { count: differences.length })),
      ),
      differences.length > 0 &&
        h(
          'ul',
          { class: 'lines' },
          differences.map((difference) =>
            h('li', {}, h('strong', {}, difference.path ?? difference.id), h('span', {}, ` ${sentence(difference)}`)),
          ),
        ),
      dryRun &&
        differences.length > 0 &&
        h('div', { class: 'buttons' }, h('button', { type: 'button', class: 'primary', onclick: () => run(false) }, t('reconcile.repair'))),
    ];
  }
}

const outcome = (dryRun, more) =>
  dryRun ? (more ? 'reconcile.differMore' : 'reconcile.differ') : more ? 'reconcile.repairedMore' : 'reconcile.repaired';

const progress = ({ stage, left, found }) =>
  stage === 'comparing' ? t('reconcile.comparing') : t('reconcile.progress', { count: found, left });

const sentence = ({ what, action, repaired, failed: isLeft, reason }) =>
  [
    what,
    reason,
    action && action !== reason && [action, repaired ? t('reconcile.done') : isLeft && t('reconcile.notDone')].filter(Boolean).join(' '),
  ]
    .filter(Boolean)
    .join(' ');

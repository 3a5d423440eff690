import { read } from '../api.js';
import { fill, h } from '../dom.js';
import { date, nameOf } from '../format.js';
import { failed, waiting } from '../states.js';
import { t } from '../texts.js';
import { complain } from '../toast.js';

const every = 500;
const listed = 5;

/** Runs of rules: the one that goes on, with its progress, and the last ones, which can be undone. `over()` is told after each. */
export function ruleRuns(leaving, over) {
  const now = h('div', { class: 'answer', role: 'status' });
  const past = h('div', { class: 'jobs' });
  return { elements: [now, past], apply, show };

  /** Starts a run by a request and follows it to its end. */
  async function apply(path, json) {
    try {
      let job = await read(path, { method: 'POST', json: json ?? {} });
      while (job.status === 'running') {
        fill(now, progress(job));
        await new Promise((resolve) => setTimeout(resolve, every));
        if (leaving.aborted) return null;
        job = await read(`/api/rules/${job.id}`, { signal: leaving });
      }
      fill(now, report(job));
      over();
      show();
      return job;
    } catch (error) {
      if (error.name !== 'AbortError') fill(now, failed(error));
      return null;
    }
  }

  function progress({ id, stage, counts, total, done, left }) {
    const name = stage === 'undoing' ? 'undoing' : 'applying';
    return [
      stage === 'deciding'
        ? waiting(t('rule.deciding', { count: counts.pairs }))
        : [
            waiting(t(`rule.${name}`, { done: done + left, total })),
            h('progress', { max: Math.max(total, 1), value: done + left, 'aria-label': t('rule.progress') }),
          ],
      h('div', { class: 'buttons' }, h('button', { type: 'button', onclick: () => cancel(id) }, t('page.cancel'))),
    ];
  }

  async function cancel(id) {
    await read(`/api/rules/${id}`, { method: 'DELETE' }).catch(complain);
  }

  /** Looks for the last runs. */
  async function show() {
    try {
      const { jobs } = await read('/api/rules', { signal: leaving });
      const undone = new Set(jobs.map(({ undoOf }) => undoOf));
      fill(
        past,
        jobs.slice(0, listed).map((job) => run(job, undone.has(job.id))),
      );
    } catch (error) {
      if (error.name !== 'AbortError') fill(past, failed(error, show));
    }
  }

  function run(job, isUndone) {
    const mayUndo = job.undoUntil && !isUndone && new Date(job.undoUntil) > new Date();
    const pairs = t('rule.pairCount', { count: job.done });
    const what = [pairs, job.left > 0 && t('rule.leftAsWas', { count: job.left }), isUndone && t('rule.undoneSince')]
      .filter(Boolean)
      .join(', ');
    return h(
      'div',
      { class: 'job' },
      h('p', {}, t(job.undoOf ? 'rule.wasUndone' : 'rule.wasApplied', { date: date(job.startedAt), what })),
      mayUndo &&
        h(
          'button',
          { type: 'button', class: 'quiet', onclick: () => apply(`/api/rules/${job.id}/undo`) },
          t('rule.undoAll', { date: date(job.undoUntil) }),
        ),
    );
  }
}

function report({ status, reason, done, left, changes, undoOf }) {
  const faults = changes.filter(({ outcome }) => outcome === 'left');
  return [
    h(
      'p',
      {},
      status !== 'completed' && h('strong', {}, status === 'cancelled' ? t('rule.cancelled') : t('rule.failed', { reason }), ' '),
      h('strong', {}, t(undoOf ? 'rule.undone' : 'rule.done', { count: done })),
      left > 0 && ` ${t('rule.left', { count: left })}`,
    ),
    faults.length > 0 &&
      h(
        'ul',
        { class: 'lines' },
        faults.map(({ moved, reason: why }) => h('li', {}, h('strong', {}, nameOf(moved.path)), ` ${why}`)),
      ),
  ];
}

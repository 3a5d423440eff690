import { read } from '../api.js';
import { fill, h } from '../dom.js';
import { count, many } from '../format.js';
import { failed, waiting } from '../states.js';
import { toast } from '../toast.js';

const every = 500;

/** Compares bucket, ledger and index; repairs them on request. */
export function reconcile(leaving) {
  const answer = h('div', { class: 'answer', role: 'status' });
  const check = h('button', { type: 'button', onclick: () => run(true) }, 'Look for differences');
  const element = h('section', { class: 'panel operate' },
    h('h2', {}, 'Reconcile'),
    h('p', { class: 'hint' }, 'Compares the container, the records and the index. This also happens every night.'),
    h('div', { class: 'buttons' }, check), answer);
  return { element };

  async function run(dryRun) {
    check.disabled = true;
    fill(answer, waiting(dryRun ? 'Comparing…' : 'Repairing…'));
    try {
      let job = await read(`/api/reconcile?dryRun=${dryRun}`, { method: 'POST', signal: leaving });
      while (job.status === 'running') {
        fill(answer, [waiting(progress(job)), h('div', { class: 'buttons' }, h('button', { type: 'button', onclick: () => cancel(job.id) }, 'Cancel'))]);
        await new Promise((resolve) => setTimeout(resolve, every));
        job = await read(`/api/reconcile/${job.id}`, { signal: leaving });
      }
      fill(answer, report(job));
    } catch (error) {
      if (error.name !== 'AbortError') fill(answer, failed(error, () => run(dryRun)));
    } finally {
      check.disabled = false;
    }
  }

  async function cancel(id) {
    try {
      await read(`/api/reconcile/${id}`, { method: 'DELETE' });
    } catch (error) {
      toast(error.message, { role: 'alert', seconds: 12 });
    }
  }

  function report({ status, reason, dryRun, checked, differences, more }) {
    return [
      status !== 'completed' && h('p', {}, h('strong', {}, status === 'cancelled' ? 'It was cancelled. ' : 'It could not be finished. '), reason),
      h('p', {}, `${many(checked.blobs, 'blob')}, ${many(checked.records, 'record')} and ${many(checked.documents, 'document')} compared. `,
        h('strong', {}, differences.length === 0 ? 'They agree.' : `${count(differences.length)}${more ? ' and more' : ''} differ${dryRun ? '' : '; what could be repaired was'}.`)),
      differences.length > 0 && h('ul', { class: 'lines' }, differences.map((difference) => h('li', {}, h('strong', {}, difference.path ?? difference.id), h('span', {}, ` ${sentence(difference)}`)))),
      dryRun && differences.length > 0 && h('div', { class: 'buttons' }, h('button', { type: 'button', class: 'primary', onclick: () => run(false) }, 'Repair them')),
    ];
  }
}

const progress = ({ stage, left, found }) => (stage === 'comparing' ? 'Comparing…' : `${many(found, 'difference')} checked, ${count(left)} left…`);

const sentence = ({ what, action, repaired, failed: isLeft, reason }) => [
  what, reason, action && action !== reason && `${action}${repaired ? ' (done)' : isLeft ? ' (not done)' : ''}`].filter(Boolean).join(' ');

import { read } from '../api.js';
import { fill, h } from '../dom.js';
import { bytes, count, date, duration, many, money } from '../format.js';
import { failed } from '../states.js';
import { toast } from '../toast.js';

const every = 1500;

/** Ingests images that predate the app: estimate, run, progress, cancel, resume. */
export function backfill(leaving) {
  const container = h('input', { type: 'text', value: 'images', required: true, autocomplete: 'off' });
  const prefix = h('input', { type: 'text', placeholder: 'holiday/', autocomplete: 'off' });
  const max = h('input', { type: 'number', min: 1, step: 1, placeholder: 'no limit', inputmode: 'numeric' });
  const work = h('select', {}, h('option', { value: 'judge' }, 'Judge'), h('option', { value: 'describe' }, 'Describe'));
  const jobs = h('div', { class: 'jobs' });
  const form = h('form', { class: 'inline-form' },
    h('label', {}, h('span', {}, 'Container'), container), h('label', {}, h('span', {}, 'Only names that begin with'), prefix), h('label', {}, h('span', {}, 'At most'), max), h('label', {}, h('span', {}, 'What to do'), work),
    h('button', { value: 'estimate' }, 'Estimate'), h('button', { class: 'primary', value: 'run' }, 'Start'));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    begin(event.submitter?.value !== 'run');
  });
  const element = h('section', { class: 'panel operate' },
    h('h2', {}, 'Backfill'),
    h('p', { class: 'hint' }, 'Judges the images that were in the container before the app was, or has those described that no model has described. An estimate counts them, says what it will take, and changes nothing.'),
    form, jobs);
  show();
  return { element };

  async function begin(dryRun) {
    try {
      await read('/api/backfill', { method: 'POST', json: { container: container.value.trim(), prefix: prefix.value.trim() || undefined, work: work.value, dryRun, max: max.value ? Number(max.value) : undefined } });
      show();
    } catch (error) {
      toast(error.message, { role: 'alert', seconds: 12 });
    }
  }

  async function show() {
    try {
      const { jobs: found } = await read('/api/backfill', { signal: leaving });
      if (leaving.aborted) return;
      fill(jobs, found.slice(0, 10).map(job));
      clearTimeout(show.timer);
      if (found.some(({ status }) => status === 'running')) show.timer = setTimeout(() => leaving.aborted || show(), every);
    } catch (error) {
      if (error.name === 'AbortError') return;
      fill(jobs, error.status === 404 ? h('p', { class: 'hint' }, 'This version of the app has no backfill.') : failed(error, show));
    }
  }

  function job(run) {
    const at = run.done + run.skipped + run.failed;
    const [todo, done, before] = run.work === 'describe' ? ['to describe', 'put into the queue', 'not to describe'] : ['to judge', 'judged now', 'judged before'];
    return h('article', { class: 'job', 'data-status': run.status },
      h('p', {}, h('strong', {}, `${run.dryRun ? 'Estimate' : 'Backfill'} of ${run.container}${run.prefix ? `/${run.prefix}` : ''}: ${run.status}`), h('span', { class: 'hint' }, ` since ${date(run.startedAt)}`)),
      run.status === 'running' && !run.dryRun && h('progress', { max: Math.max(run.blobs, at, 1), value: at, 'aria-label': 'Progress' }),
      h('p', { class: 'hint number' }, run.dryRun
        ? `${many(run.found, 'blob')} seen, ${count(run.queued)} ${todo} (${bytes(run.bytes)}), ${count(run.skipped)} ${before}`
        : `${many(run.found, 'blob')} seen, ${count(run.done)} ${done}, ${count(run.skipped)} ${before}${run.failed ? `, ${count(run.failed)} failed` : ''}`),
      pace(run),
      run.reason && h('p', {}, run.reason),
      run.status === 'running' && h('button', { type: 'button', onclick: () => act('', 'DELETE') }, 'Cancel'),
      run.status === 'cancelled' && h('button', { type: 'button', onclick: () => act('/resume', 'POST') }, 'Go on'));

    function pace({ status, dryRun, estimate, estimatedUsd, blobs, isCounted, imagesPerSecond, secondsLeft }) {
      const rate = (perSecond) => `${perSecond < 10 ? perSecond.toFixed(1) : count(Math.round(perSecond))} images a second`;
      const parts = dryRun
        ? estimate && run.queued ? [`takes about ${duration(estimate.seconds)} at ${rate(estimate.imagesPerSecond)}${estimate.isMeasured ? ', as measured here' : ' (one instance)'}`, `and ${money(estimatedUsd)}, of which ${money(estimate.embeddingUsd)} for vectors`] : []
        : [status === 'running' && `${isCounted ? 'of' : 'of at least'} ${many(blobs, 'blob')}`, imagesPerSecond && rate(imagesPerSecond), secondsLeft !== null && secondsLeft !== undefined && `about ${duration(secondsLeft)} left`].filter(Boolean);
      return parts.length > 0 && h('p', { class: 'hint number' }, parts.join(', '));
    }

    async function act(path, method) {
      try {
        await read(`/api/backfill/${run.id}${path}`, { method });
        show();
      } catch (error) {
        toast(error.message, { role: 'alert', seconds: 12 });
      }
    }
  }
}

import { read } from '../api.js';
import { fill, h } from '../dom.js';
import { bytes, date, decimal, duration, money } from '../format.js';
import { failed } from '../states.js';
import { t, word } from '../texts.js';
import { complain } from '../toast.js';

const every = 1500;

/** Ingests images that predate the app: estimate, run, progress, cancel, resume. */
export function backfill(leaving) {
  const container = h('input', { type: 'text', value: 'images', required: true, autocomplete: 'off' });
  const prefix = h('input', { type: 'text', placeholder: t('backfill.prefixExample'), autocomplete: 'off' });
  const max = h('input', { type: 'number', min: 1, step: 1, placeholder: t('backfill.noLimit'), inputmode: 'numeric' });
  const work = h(
    'select',
    {},
    h('option', { value: 'judge' }, t('backfill.judge')),
    h('option', { value: 'report' }, t('backfill.report')),
    h('option', { value: 'describe' }, t('backfill.describe')),
  );
  const jobs = h('div', { class: 'jobs' });
  const form = h(
    'form',
    { class: 'inline-form' },
    h('label', {}, h('span', {}, t('backfill.container')), container),
    h('label', {}, h('span', {}, t('backfill.prefix')), prefix),
    h('label', {}, h('span', {}, t('backfill.max')), max),
    h('label', {}, h('span', {}, t('backfill.work')), work),
    h('button', { value: 'estimate' }, t('backfill.estimate')),
    h('button', { class: 'primary', value: 'run' }, t('backfill.start')),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    begin(event.submitter?.value !== 'run');
  });
  const element = h(
    'section',
    { class: 'panel operate' },
    h('h2', {}, t('backfill.title')),
    h('p', { class: 'hint' }, t('backfill.hint')),
    form,
    jobs,
  );
  show();
  return { element };

  async function begin(dryRun) {
    try {
      await read('/api/backfill', {
        method: 'POST',
        json: {
          container: container.value.trim(),
          prefix: prefix.value.trim() || undefined,
          work: work.value === 'report' ? 'judge' : work.value,
          reportOnly: work.value === 'report',
          dryRun,
          max: max.value ? Number(max.value) : undefined,
        },
      });
      show();
    } catch (error) {
      complain(error);
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
      fill(jobs, error.status === 404 ? h('p', { class: 'hint' }, t('backfill.none')) : failed(error, show));
    }
  }

  function job(run) {
    const at = run.done + run.skipped + run.failed;
    const blobs = t('count.blobs', { count: run.found });
    const [status, where] = [word('job', run.status), run.prefix ? `${run.container}/${run.prefix}` : run.container];
    const counted =
      run.work === 'describe' ? ['backfill.describeEstimate', 'backfill.describeRun'] : ['backfill.judgeEstimate', 'backfill.judgeRun'];
    return h(
      'article',
      { class: 'job', 'data-status': run.status },
      h(
        'p',
        {},
        h('strong', {}, t(run.dryRun ? 'backfill.estimateOf' : 'backfill.runOf', { where, status })),
        ' ',
        h('span', { class: 'hint' }, t('backfill.since', { date: date(run.startedAt) })),
      ),
      run.status === 'running' &&
        !run.dryRun &&
        h('progress', { max: Math.max(run.blobs, at, 1), value: at, 'aria-label': t('backfill.progress') }),
      h(
        'p',
        { class: 'hint number' },
        run.dryRun
          ? t(counted[0], { blobs, queued: run.queued, bytes: bytes(run.bytes), skipped: run.skipped })
          : [t(counted[1], { blobs, done: run.done, skipped: run.skipped }), run.failed && t('backfill.failed', { count: run.failed })]
              .filter(Boolean)
              .join(', '),
      ),
      pace(run),
      run.reason && h('p', {}, run.reason),
      run.status === 'running' && h('button', { type: 'button', onclick: () => act('', 'DELETE') }, t('page.cancel')),
      run.status === 'cancelled' && h('button', { type: 'button', onclick: () => act('/resume', 'POST') }, t('backfill.resume')),
    );

    function pace({ status, dryRun, estimate, estimatedUsd, blobs, isCounted, imagesPerSecond, secondsLeft }) {
      const rate = (perSecond) => t('backfill.rate', { rate: decimal(perSecond, perSecond < 10 ? 1 : 0) });
      const parts = dryRun
        ? estimate && run.queued
          ? [
              t(estimate.isMeasured ? 'backfill.takesMeasured' : 'backfill.takes', {
                time: duration(estimate.seconds),
                rate: rate(estimate.imagesPerSecond),
              }),
              t('backfill.costs', { all: money(estimatedUsd), vectors: money(estimate.embeddingUsd) }),
            ]
          : []
        : [
            status === 'running' && t(isCounted ? 'backfill.of' : 'backfill.ofAtLeast', { count: blobs }),
            imagesPerSecond && rate(imagesPerSecond),
            secondsLeft !== null && secondsLeft !== undefined && t('backfill.left', { time: duration(secondsLeft) }),
          ].filter(Boolean);
      return parts.length > 0 && h('p', { class: 'hint number' }, parts.join(', '));
    }

    async function act(path, method) {
      try {
        await read(`/api/backfill/${run.id}${path}`, { method });
        show();
      } catch (error) {
        complain(error);
      }
    }
  }
}

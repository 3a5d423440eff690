import { hasKey, read, setKey } from '../api.js';
import { fill, h } from '../dom.js';
import { count } from '../format.js';
import { failed, waiting } from '../states.js';
import { backfill } from './backfill.js';
import { poison } from './poison.js';
import { reconcile } from './reconcile.js';

const every = 3000;
const afterFailure = 10_000;

export function start(root, leaving) {
  const health = h('section', { class: 'cards', 'aria-label': 'Health' }, waiting('Asking…'));
  const messages = poison(leaving);
  const runs = backfill(leaving);
  fill(root,
    h('header', { class: 'view-head' }, h('div', {}, h('h1', {}, 'Operate'), h('p', { class: 'hint' }, 'The app’s state, its queues, and what to do if something is wrong.'))),
    health, messages.element, runs.element, reconcile(leaving).element, keySection());
  let duplicates;
  read('/api/duplicates/what-if?top=0', { signal: leaving }).then(({ quarantinedToday }) => { duplicates = quarantinedToday; }, () => {});
  watch();

  /** Polls while the view is visible. */
  async function watch() {
    while (!leaving.aborted) {
      let pause = every;
      try {
        const [state, descriptions] = await Promise.all([read('/api/health', { signal: leaving }), read('/api/descriptions', { signal: leaving }).catch(() => null)]);
        fill(health, cards(state, duplicates), descriptions && descriptions.provider !== 'none' && described(descriptions));
        messages.depth(state.work?.poisoned ?? 0);
      } catch (error) {
        if (error.name === 'AbortError') return;
        pause = afterFailure;
        fill(health, failed(error, () => location.reload()));
      }
      await new Promise((resolve) => {
        const timer = setTimeout(resolve, pause);
        leaving.addEventListener('abort', () => { clearTimeout(timer); resolve(); }, { once: true });
      });
      while (document.hidden && !leaving.aborted) await new Promise((resolve) => document.addEventListener('visibilitychange', resolve, { once: true, signal: leaving }));
    }
  }
}

function cards({ status, model, index, work }, duplicates) {
  return [
    card('State', status === 'ready' ? 'Ready' : status, 'The model is loaded and the index answers.', 'good'),
    card('Images', count(index.documents), `in the index “${index.name}”`),
    duplicates !== undefined && card('Duplicates', count(duplicates), 'in quarantine, or left in place'),
    card('Model', model.name, `${model.dimensions} dimensions, ${model.provider}`),
    work && card('Waiting', count(work.waiting), 'uploads to judge'),
    work && card('Second looks', count(work.rechecks), 'due now or later'),
    work && card('Given up', count(work.poisoned), work.poisoned ? 'see below' : 'nothing failed for good', work.poisoned ? 'bad' : ''),
  ];
}

/** What describing pictures took this month. */
function described({ month, images, monthlyImages, usd, monthlyUsd, waiting: left, cap }) {
  const of = (most, text) => (most === null ? '' : ` of ${text}`);
  return [
    card('Described', count(images), `pictures in ${month}${of(monthlyImages, count(monthlyImages))}, ${count(left)} in the queue`, cap ? 'bad' : ''),
    usd !== null && card('Spent on it', `$${usd.toFixed(2)}`, `in ${month}${of(monthlyUsd, `$${monthlyUsd}`)}, by your prices`, cap ? 'bad' : ''),
  ];
}

const card = (title, value, text, tone = '') => h('div', { class: `card ${tone}` }, h('h2', {}, title), h('p', { class: 'value' }, value), h('p', { class: 'hint' }, text));

function keySection() {
  const input = h('input', { type: 'password', id: 'function-key', autocomplete: 'off' });
  const state = h('p', { class: 'hint', role: 'status' });
  const tell = () => fill(state, hasKey() ? 'A key is kept for this tab and forgotten when you close it.' : 'No key is set. If the host requires one, the page asks for it.');
  const form = h('form', { class: 'inline-form' },
    h('label', { for: 'function-key' }, h('span', {}, 'Function key')), input,
    h('button', {}, 'Keep for this tab'),
    h('button', { type: 'button', class: 'quiet', onclick: () => { setKey(''); input.value = ''; tell(); } }, 'Forget it'));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    setKey(input.value.trim());
    input.value = '';
    tell();
  });
  tell();
  return h('section', { class: 'panel operate' }, h('h2', {}, 'Key'), state, form);
}

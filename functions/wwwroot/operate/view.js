import { hasKey, read, setKey } from '../api.js';
import { fill, h } from '../dom.js';
import { count, money, month as monthOf } from '../format.js';
import { failed, waiting } from '../states.js';
import { t, word } from '../texts.js';
import { backfill } from './backfill.js';
import { poison } from './poison.js';
import { reconcile } from './reconcile.js';
import { report } from './report.js';

const every = 3000;
const afterFailure = 10_000;

export function start(root, leaving) {
  const health = h('section', { class: 'cards', 'aria-label': t('operate.health') }, waiting(t('operate.asking')));
  const messages = poison(leaving);
  const runs = backfill(leaving);
  fill(
    root,
    h('header', { class: 'view-head' }, h('div', {}, h('h1', {}, t('view.operate')), h('p', { class: 'hint' }, t('operate.hint')))),
    health,
    messages.element,
    runs.element,
    reconcile(leaving).element,
    report(leaving).element,
    keySection(),
  );
  let duplicates;
  read('/api/duplicates/what-if?top=0', { signal: leaving }).then(
    ({ quarantinedToday }) => {
      duplicates = quarantinedToday;
    },
    () => {},
  );
  watch();

  /** Polls while the view is visible. */
  async function watch() {
    while (!leaving.aborted) {
      let pause = every;
      try {
        const [state, descriptions] = await Promise.all([
          read('/api/health', { signal: leaving }),
          read('/api/descriptions', { signal: leaving }).catch(() => null),
        ]);
        fill(health, cards(state, duplicates), descriptions && descriptions.provider !== 'none' && described(descriptions));
        messages.depth(state.work?.poisoned ?? 0);
      } catch (error) {
        if (error.name === 'AbortError') return;
        pause = afterFailure;
        fill(
          health,
          failed(error, () => location.reload()),
        );
      }
      await new Promise((resolve) => {
        const timer = setTimeout(resolve, pause);
        leaving.addEventListener(
          'abort',
          () => {
            clearTimeout(timer);
            resolve();
          },
          { once: true },
        );
      });
      while (document.hidden && !leaving.aborted)
        await new Promise((resolve) => document.addEventListener('visibilitychange', resolve, { once: true, signal: leaving }));
    }
  }
}

function cards({ status, model, index, work }, duplicates) {
  return [
    card(t('operate.state'), word('health', status), t('operate.stateHint'), 'good'),
    card(t('operate.images'), count(index.documents), t('operate.imagesHint', { index: index.name })),
    duplicates !== undefined && card(t('operate.duplicates'), count(duplicates), t('operate.duplicatesHint')),
    card(t('operate.model'), model.name, t('operate.modelHint', { dimensions: model.dimensions, provider: model.provider })),
    work && card(t('operate.waiting'), count(work.waiting), t('operate.waitingHint')),
    work && card(t('operate.rechecks'), count(work.rechecks), t('operate.rechecksHint')),
    work &&
      card(
        t('operate.givenUp'),
        count(work.poisoned),
        t(work.poisoned ? 'operate.givenUpSome' : 'operate.givenUpNone'),
        work.poisoned ? 'bad' : '',
      ),
  ];
}

/** What describing pictures took this month. */
function described({ month: given, images, monthlyImages, usd, monthlyUsd, waiting: left, cap }) {
  const month = monthOf(given);
  return [
    card(
      t('operate.described'),
      count(images),
      t(monthlyImages === null ? 'operate.describedHint' : 'operate.describedOf', { month, most: monthlyImages, left }),
      cap ? 'bad' : '',
    ),
    usd !== null &&
      card(
        t('operate.spent'),
        money(usd),
        t(monthlyUsd === null ? 'operate.spentHint' : 'operate.spentOf', { month, most: monthlyUsd !== null && money(monthlyUsd) }),
        cap ? 'bad' : '',
      ),
  ];
}

const card = (title, value, text, tone = '') =>
  h('div', { class: `card ${tone}` }, h('h2', {}, title), h('p', { class: 'value' }, value), h('p', { class: 'hint' }, text));

function keySection() {
  const input = h('input', { type: 'password', id: 'function-key', autocomplete: 'off' });
  const state = h('p', { class: 'hint', role: 'status' });
  const tell = () => fill(state, t(hasKey() ? 'key.kept' : 'key.none'));
  const form = h(
    'form',
    { class: 'inline-form' },
    h('label', { for: 'function-key' }, h('span', {}, t('key.label'))),
    input,
    h('button', {}, t('key.keep')),
    h(
      'button',
      {
        type: 'button',
        class: 'quiet',
        onclick: () => {
          setKey('');
          input.value = '';
          tell();
        },
      },
      t('key.forget'),
    ),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    setKey(input.value.trim());
    input.value = '';
    tell();
  });
  tell();
  return h('section', { class: 'panel operate' }, h('h2', {}, t('key.title')), state, form);
}

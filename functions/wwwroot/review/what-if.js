import { query, read } from '../api.js';
import { fill, h } from '../dom.js';
import { nameOf, similarity } from '../format.js';
import { picture } from '../picture.js';
import { failed, waiting } from '../states.js';
import { t } from '../texts.js';

const pause = 250;

/** The effect of another threshold, from the stored scores. Nothing is changed. */
export function whatIf(leaving) {
  const slider = h('input', { type: 'range', id: 'threshold', min: 0.8, max: 1, step: 0.001, value: 0.9 });
  const value = h('output', { for: 'threshold', class: 'number' });
  const answer = h('div', { class: 'answer', 'aria-live': 'polite' });
  const element = h(
    'section',
    { id: 'what-if', class: 'panel what-if', hidden: true, 'aria-label': t('whatIf.label') },
    h('div', { class: 'threshold' }, h('label', { for: 'threshold' }, t('whatIf.threshold')), slider, value),
    answer,
  );
  const button = h('button', { type: 'button', 'aria-expanded': 'false', 'aria-controls': 'what-if', onclick: toggle }, t('whatIf.button'));
  let running;
  let later;
  slider.addEventListener('input', () => {
    value.value = similarity(Number(slider.value));
    clearTimeout(later);
    later = setTimeout(ask, pause, slider.value);
  });
  return { element, button };

  async function toggle() {
    element.hidden = !element.hidden;
    button.setAttribute('aria-expanded', String(!element.hidden));
    if (element.hidden || answer.childElementCount > 0) return;
    fill(answer, waiting(t('whatIf.adding')));
    const now = await ask();
    if (now) {
      slider.value = now.currentThreshold;
      value.value = similarity(now.currentThreshold);
    }
    slider.focus();
  }

  async function ask(threshold) {
    running?.abort();
    running = new AbortController();
    leaving.addEventListener('abort', () => running.abort(), { once: true });
    try {
      const reply = await read(query('/api/duplicates/what-if', { threshold, top: 6 }), { signal: running.signal });
      fill(
        answer,
        sentence(reply),
        bars(reply),
        examples(t('whatIf.added'), reply.addedExamples),
        examples(t('whatIf.released'), reply.releasedExamples),
      );
      return reply;
    } catch (error) {
      if (error.name !== 'AbortError')
        fill(
          answer,
          failed(error, () => ask(threshold)),
        );
      return null;
    }
  }
}

function sentence({ scored, quarantined, added, released, currentThreshold, quarantinedToday }) {
  const duplicates = t('whatIf.duplicates', { count: quarantined });
  return h(
    'p',
    {},
    t('whatIf.scored', { count: scored, duplicates, threshold: similarity(currentThreshold), today: quarantinedToday }),
    ' ',
    h(
      'strong',
      {},
      added + released === 0
        ? t('whatIf.none')
        : t('whatIf.changes', { added: t('whatIf.become', { count: added }), stay: t('whatIf.stay', { count: released }) }),
    ),
  );
}

function bars({ histogram, threshold }) {
  const most = Math.max(1, ...histogram.map((bar) => total(bar)));
  const list = h('div', {
    class: 'histogram',
    role: 'img',
    'aria-label': t('whatIf.histogram', { from: similarity(histogram[0]?.from ?? 0), most }),
  });
  for (const bar of histogram) {
    const column = h('span', {
      class: bar.from >= threshold - 1e-9 ? 'column over' : 'column',
      title: t('whatIf.bar', { from: similarity(bar.from), total: total(bar) }),
    });
    column.style.setProperty('block-size', `${Math.max(total(bar) > 0 ? 4 : 0, (100 * total(bar)) / most)}%`);
    list.append(column);
  }
  return (
    histogram.length > 0 && [
      list,
      h('p', { class: 'scale number', 'aria-hidden': 'true' }, h('span', {}, similarity(histogram[0].from)), h('span', {}, similarity(1))),
    ]
  );
}

const total = ({ quarantined = 0, copies = 0, lookAlikes = 0, near = 0 }) => quarantined + copies + lookAlikes + near;

function examples(title, images) {
  return (
    images?.length > 0 &&
    h(
      'div',
      { class: 'examples' },
      h('h3', {}, title),
      h(
        'ul',
        {},
        images.map((image) =>
          h(
            'li',
            {},
            picture(image, 160),
            picture(image.duplicateOf ?? image.nearest ?? image, 160),
            h('span', { class: 'hint' }, nameOf(image.path), ' ', h('span', { class: 'number' }, similarity(image.similarity))),
          ),
        ),
      ),
    )
  );
}

import { query, read } from '../api.js';
import { fill, h } from '../dom.js';
import { many, nameOf, similarity } from '../format.js';
import { picture } from '../picture.js';
import { failed, waiting } from '../states.js';

const pause = 250;

/** The effect of another threshold, from the stored scores. Nothing is changed. */
export function whatIf(leaving) {
  const slider = h('input', { type: 'range', id: 'threshold', min: 0.8, max: 1, step: 0.001, value: 0.9 });
  const value = h('output', { for: 'threshold', class: 'number' });
  const answer = h('div', { class: 'answer', 'aria-live': 'polite' });
  const element = h('section', { id: 'what-if', class: 'panel what-if', hidden: true, 'aria-label': 'What another threshold would do' },
    h('div', { class: 'threshold' }, h('label', { for: 'threshold' }, 'Threshold'), slider, value), answer);
  const button = h('button', { type: 'button', 'aria-expanded': 'false', 'aria-controls': 'what-if', onclick: toggle }, 'What if…');
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
    fill(answer, waiting('Adding up…'));
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
      fill(answer, sentence(reply), bars(reply), examples('Would become duplicates', reply.addedExamples), examples('Would stay', reply.releasedExamples));
      return reply;
    } catch (error) {
      if (error.name !== 'AbortError') fill(answer, failed(error, () => ask(threshold)));
      return null;
    }
  }
}

function sentence({ scored, quarantined, added, released, currentThreshold, quarantinedToday }) {
  return h('p', {}, `Of ${many(scored, 'image')} with a stored score, ${many(quarantined, 'would be a duplicate', 'would be duplicates')}; `,
    `with the threshold in use, ${similarity(currentThreshold)}, it is ${quarantinedToday}. `,
    h('strong', {}, added + released === 0 ? 'No verdict would change.' : `${many(added, 'verdict')} would become “duplicate”, ${many(released, 'image')} would stay.`));
}

function bars({ histogram, threshold }) {
  const most = Math.max(1, ...histogram.map((bar) => total(bar)));
  const list = h('div', { class: 'histogram', role: 'img', 'aria-label': `Stored scores from ${similarity(histogram[0]?.from ?? 0)} to 1, the most in one bar: ${most}` });
  for (const bar of histogram) {
    const column = h('span', { class: bar.from >= threshold - 1e-9 ? 'column over' : 'column', title: `from ${similarity(bar.from)}: ${total(bar)}` });
    column.style.setProperty('block-size', `${Math.max(total(bar) > 0 ? 4 : 0, (100 * total(bar)) / most)}%`);
    list.append(column);
  }
  return histogram.length > 0 && [list, h('p', { class: 'scale number', 'aria-hidden': 'true' }, h('span', {}, similarity(histogram[0].from)), h('span', {}, '1.000'))];
}

const total = ({ quarantined = 0, copies = 0, lookAlikes = 0, near = 0 }) => quarantined + copies + lookAlikes + near;

function examples(title, images) {
  return images?.length > 0 && h('div', { class: 'examples' }, h('h3', {}, title), h('ul', {}, images.map((image) => h('li', {},
    picture(image, 160), picture(image.duplicateOf ?? image.nearest ?? image, 160), h('span', { class: 'hint' }, nameOf(image.path), ' ', h('span', { class: 'number' }, similarity(image.similarity)))))));
}

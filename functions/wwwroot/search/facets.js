import { query, read } from '../api.js';
import { fill, h } from '../dom.js';
import { count } from '../format.js';
import { failed } from '../states.js';
import { t, word } from '../texts.js';
import { showCategories } from './categories.js';
import { flags, listOf, names, rows } from './narrowing.js';
import { filters } from './state.js';

// Facets whose values are called by the same words.
const kinds = { background: 'color', subject: 'place', copySpace: 'place' };
const paints = {
  black: '#111111',
  blue: '#2f66c8',
  brown: '#7a4b26',
  gray: '#8a8a8a',
  green: '#3a8f3f',
  orange: '#ec8a1f',
  pink: '#ef86b2',
  purple: '#7d3c98',
  red: '#cf2b2b',
  teal: '#0f8f8f',
  white: '#ffffff',
  yellow: '#f2cd1f',
};

const few = 14;

export const wordOf = (facet, value) => word(kinds[facet] ?? facet, value);
export const isValue = (colour) => colour.startsWith('#');

/** A dot of a colour, by name or by value. Only the style sheet object is touched: nothing is read as markup. */
export function paint(colour) {
  const dot = h('span', { class: 'paint', 'aria-hidden': 'true' });
  dot.style.setProperty('background-color', paints[colour] ?? (/^#[0-9a-f]{6}$/i.test(colour) ? colour : 'transparent'));
  return dot;
}

/** What the images that are found can be narrowed by, with how many there are of each. */
export function facets(change) {
  let state = {};
  let running;
  const whole = new Set();
  const body = h('div', { class: 'facet-rows' });
  const total = h('p', { class: 'hint', role: 'status' });
  const element = h(
    'section',
    { id: 'facets', class: 'panel facets', hidden: true, 'aria-label': t('search.narrow') },
    body,
    h(
      'div',
      { class: 'facet-foot' },
      total,
      h('button', { type: 'button', class: 'quiet', onclick: () => showCategories(() => show(state)) }, t('categories.open')),
    ),
  );
  element.addEventListener('open', update);
  return { element, show };

  function show(given) {
    state = given;
    if (!element.hidden) update();
  }

  async function update() {
    running?.abort();
    running = new AbortController();
    const { signal } = running;
    try {
      const reply = await read(query('/api/facets', { ...filters(state), facets: names.join(',') }), { signal });
      const at = document.activeElement?.dataset?.facet;
      fill(
        body,
        rows.map((row) => group(t(`narrow.${row.name}`), some(row, values(row, reply)), untold(row, reply))),
        group(t('narrow.only'), flags.map((flag) => onlyTrue(flag, reply)).filter(Boolean)),
      );
      total.textContent = t('narrow.total', { count: reply.images });
      if (at) body.querySelector(`[data-facet="${CSS.escape(at)}"]`)?.focus();
    } catch (error) {
      if (!signal.aborted) fill(body, failed(error, update));
    }
  }

  function group(label, buttons, hint) {
    return (
      (buttons.length > 0 || hint) &&
      h('fieldset', {}, h('legend', {}, label), h('div', { class: 'facet-values' }, buttons), hint && h('p', { class: 'hint' }, hint))
    );
  }

  /** Labels that the model in use cannot give are named, so that their absence says nothing of the images. */
  function untold({ name }, { untold: labels }) {
    const missing = labels[name] ?? [];
    if (missing.length === 0) return null;
    return missing.length <= few
      ? t('narrow.untold', { labels: missing.map((label) => wordOf(name, label)).join(', ') })
      : t('narrow.manyUntold', { count: missing.length });
  }

  /** The most frequent ones and those that are chosen; the others when they are asked for. */
  function some({ name }, buttons) {
    if (whole.has(name) || buttons.length <= few + 1) return buttons;
    const shown = buttons.filter((one, place) => place < few || one.getAttribute('aria-pressed') === 'true');
    const left = { count: buttons.length - shown.length };
    return [
      ...shown,
      h(
        'button',
        {
          type: 'button',
          class: 'facet quiet',
          'aria-label': t('narrow.moreOf', { ...left, label: t(`narrow.${name}`) }),
          onclick: () => {
            whole.add(name);
            update().then(() => body.querySelectorAll(`[data-facet^="${name}="]`)[few]?.focus());
          },
        },
        t('narrow.more', left),
      ),
    ];
  }

  function values({ name, isColour }, reply) {
    const chosen = listOf(state[name]);
    const counted = reply.facets[name];
    const missing = chosen
      .filter((value) => !isValue(value) && counted.every((one) => one.value !== value))
      .map((value) => ({ value, count: 0 }));
    return [...counted, ...missing].map((one) =>
      button(name, { ...one, isColour }, chosen.includes(one.value), () => {
        const next = chosen.includes(one.value) ? chosen.filter((value) => value !== one.value) : [...chosen, one.value];
        change({ [name]: next.join(',') });
      }),
    );
  }

  function onlyTrue(name, reply) {
    const number = reply.facets[name].find(({ value }) => value === 'true')?.count ?? 0;
    const isChosen = state[name] === 'true';
    return (
      (number > 0 || isChosen) &&
      button(name, { value: t(`narrow.${name}`), count: number }, isChosen, () => change({ [name]: isChosen ? '' : 'true' }))
    );
  }

  function button(name, { value, count: number, isColour }, isChosen, onclick) {
    return h(
      'button',
      { type: 'button', class: 'facet', 'aria-pressed': String(isChosen), 'data-facet': `${name}=${value}`, onclick },
      isColour && paint(value),
      h('span', {}, wordOf(name, value)),
      h('span', { class: 'number' }, count(number)),
    );
  }
}

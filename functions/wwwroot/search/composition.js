import { query } from '../api.js';
import { h } from '../dom.js';
import { decimal, share as shareOf } from '../format.js';
import { t, word } from '../texts.js';
import { paint, wordOf } from './facets.js';

/** The colours of a picture, each a way to others that have it. */
export const palette = ({ colors }) =>
  h(
    'ul',
    { class: 'palette' },
    colors.map(({ name, hex, share }) => {
      const said = { hex, name: wordOf('color', name), share: shareOf(share) };
      const link = h(
        'a',
        { href: query('/ui', { color: hex }), title: t('detail.colour', said), 'aria-label': t('detail.colourLabel', said) },
        paint(hex),
        h('span', {}, said.name),
      );
      const item = h('li', {}, link);
      item.style.setProperty('flex-grow', String(Math.max(8, Math.round(share * 100))));
      return item;
    }),
  );

/** Where the subject is and where there is room for words, as a small picture, and the rest in words. */
export function composition(features) {
  const { subject, copySpace, aspect } = features;
  const said = [
    wordOf('orientation', features.orientation),
    subject &&
      t('detail.subject', {
        framing: wordOf('framing', subject.framing),
        place: subject.place.map((place) => wordOf('subject', place)).join(' '),
        certainty: decimal(subject.certainty, 2),
      }),
    copySpace.length > 0 && t('detail.copySpace', { places: copySpace.map((place) => word('place', place)).join(', ') }),
    features.isolated && t('narrow.isolated'),
    features.bw && t('narrow.bw'),
    features.transparent && t('narrow.transparent'),
  ]
    .filter(Boolean)
    .join(' · ');
  const numbers = ['brightness', 'chroma', 'sharpness', 'noise', 'symmetry']
    .map((name) => [t(`detail.${name}`), decimal(features[name])].join(' '))
    .join(' · ');
  const map = h(
    'span',
    { class: 'map', role: 'img', 'aria-label': t(subject ? 'detail.subjectMap' : 'detail.noSubject') },
    copySpace.map((side) => h('span', { class: `room ${side}` })),
    subject && box(subject),
  );
  map.style.setProperty('aspect-ratio', String(Math.min(3, Math.max(0.4, aspect || 1))));
  return h('div', { class: 'composition' }, map, h('div', {}, h('p', {}, said), h('p', { class: 'hint' }, numbers)));
}

function box({ left, top, right, bottom }) {
  const element = h('span', { class: 'subject' });
  const place = { left, top, width: right - left, height: bottom - top };
  for (const [name, value] of Object.entries(place)) element.style.setProperty(name, `${(value * 100).toFixed(1)}%`);
  return element;
}

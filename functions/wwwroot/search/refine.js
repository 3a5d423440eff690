import { h } from '../dom.js';
import { t } from '../texts.js';

const formats = [
  'jpeg',
  'png',
  'webp',
  'gif',
  'tiff',
  'bmp',
  'avif',
  'heic',
  'ico',
  'pdf',
  'svg',
  'dng',
  'cr2',
  'cr3',
  'nef',
  'arw',
  'orf',
  'rw2',
  'raf',
  'raw',
];

/** Negative words, weights, and filters. */
export function refinement(change) {
  const fields = {
    not: field('text', { placeholder: t('refine.notExample'), maxlength: 1000 }),
    prefix: field('text', { placeholder: t('refine.prefixExample'), maxlength: 1000 }),
    format: h(
      'select',
      { onchange: report },
      h('option', { value: '' }, t('refine.anyFormat')),
      formats.map((name) => h('option', { value: name }, name.toUpperCase())),
    ),
    after: field('date'),
    before: field('date'),
    minWidth: field('number', { min: 1, step: 1, inputmode: 'numeric' }),
    minHeight: field('number', { min: 1, step: 1, inputmode: 'numeric' }),
    tags: field('text', { placeholder: t('refine.tagsExample'), maxlength: 500 }),
    takenAfter: field('date'),
    takenBefore: field('date'),
    camera: field('text', { placeholder: t('refine.cameraExample'), maxlength: 200 }),
    minRating: field('number', { min: 1, max: 5, step: 1, inputmode: 'numeric' }),
    keywords: field('text', { placeholder: t('refine.keywordsExample'), maxlength: 500 }),
    mode: h(
      'select',
      { onchange: report },
      h('option', { value: '' }, t('refine.both')),
      h('option', { value: 'words' }, t('refine.words')),
      h('option', { value: 'vector' }, t('refine.vector')),
    ),
  };
  const weights = {
    text: weight(t('refine.weightText')),
    image: weight(t('refine.weightImage')),
    id: weight(t('refine.weightId')),
    not: weight(t('refine.weightNot')),
  };
  const element = h(
    'div',
    { id: 'refine', class: 'panel refine', hidden: true },
    h('fieldset', {}, h('legend', {}, t('refine.leaveOut')), labelled(t('refine.not'), fields.not)),
    h('fieldset', {}, h('legend', {}, t('refine.wordsIn')), labelled(t('refine.mode'), fields.mode)),
    h(
      'fieldset',
      { class: 'weights' },
      h('legend', {}, t('refine.weights')),
      Object.values(weights).map(({ row }) => row),
    ),
    h(
      'fieldset',
      { class: 'filters' },
      h('legend', {}, t('refine.only')),
      labelled(t('refine.prefix'), fields.prefix),
      labelled(t('refine.format'), fields.format),
      labelled(t('refine.tags'), fields.tags),
      labelled(t('refine.takenAfter'), fields.takenAfter),
      labelled(t('refine.takenBefore'), fields.takenBefore),
      labelled(t('refine.camera'), fields.camera),
      labelled(t('refine.minRating'), fields.minRating),
      labelled(t('refine.keywords'), fields.keywords),
      labelled(t('refine.after'), fields.after),
      labelled(t('refine.before'), fields.before),
      labelled(t('refine.minWidth'), fields.minWidth),
      labelled(t('refine.minHeight'), fields.minHeight),
    ),
  );
  return { element, show };

  function field(type, attributes = {}) {
    return h('input', { type, autocomplete: 'off', onchange: report, ...attributes });
  }

  function weight(label) {
    const input = h('input', { type: 'range', min: 0, max: 2, step: 0.1, onchange: report });
    const output = h('output', {});
    input.addEventListener('input', () => {
      output.value = input.value;
    });
    return { input, output, row: h('label', { class: 'weight' }, h('span', {}, label), input, output) };
  }

  function report() {
    const changes = Object.fromEntries(Object.entries(fields).map(([name, input]) => [name, input.value.trim()]));
    changes.weights = Object.fromEntries(Object.entries(weights).map(([name, { input }]) => [name, Number(input.value)]));
    change(changes);
  }

  function show(state) {
    for (const [name, input] of Object.entries(fields))
      if (input !== document.activeElement || input.value.trim() !== state[name]) input.value = state[name] ?? '';
    for (const [name, { input, output }] of Object.entries(weights)) input.value = output.value = state.weights[name];
    const used = { text: state.text, image: state.picture || state.sketch?.length, id: state.id, not: state.not };
    for (const [name, { row }] of Object.entries(weights)) row.hidden = !used[name];
    element.querySelector('.weights').hidden = Object.values(used).filter(Boolean).length < 2;
  }
}

const labelled = (label, input) => h('label', {}, h('span', {}, label), input);

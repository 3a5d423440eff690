import { h } from '../dom.js';

const formats = ['jpeg', 'png', 'webp', 'gif', 'tiff', 'bmp', 'avif', 'heic', 'ico', 'dng', 'cr2', 'cr3', 'nef', 'arw', 'orf', 'rw2', 'raf', 'raw'];

/** Negative words, weights, and filters. */
export function refinement(change) {
  const fields = {
    not: field('text', { placeholder: 'people', maxlength: 1000 }),
    prefix: field('text', { placeholder: 'holiday/', maxlength: 1000 }),
    format: h('select', { onchange: report }, h('option', { value: '' }, 'any'), formats.map((name) => h('option', { value: name }, name.toUpperCase()))),
    after: field('date'),
    before: field('date'),
    minWidth: field('number', { min: 1, step: 1, inputmode: 'numeric' }),
    minHeight: field('number', { min: 1, step: 1, inputmode: 'numeric' }),
    tags: field('text', { placeholder: 'cat, sofa', maxlength: 500 }),
    takenAfter: field('date'),
    takenBefore: field('date'),
    camera: field('text', { placeholder: 'canon', maxlength: 200 }),
    minRating: field('number', { min: 1, max: 5, step: 1, inputmode: 'numeric' }),
    keywords: field('text', { placeholder: 'beach', maxlength: 500 }),
    mode: h('select', { onchange: report },
      h('option', { value: '' }, 'what is written and how it looks'), h('option', { value: 'words' }, 'what is written'), h('option', { value: 'vector' }, 'how it looks')),
  };
  const weights = { text: weight('Words'), image: weight('Picture'), id: weight('The image'), not: weight('Not') };
  const element = h('div', { id: 'refine', class: 'panel refine', hidden: true },
    h('fieldset', {}, h('legend', {}, 'Leave out'),
      labelled('Pictures that show', fields.not)),
    h('fieldset', {}, h('legend', {}, 'Words are looked for in'), labelled('Words find images by', fields.mode)),
    h('fieldset', { class: 'weights' }, h('legend', {}, 'How much each part counts'), Object.values(weights).map(({ row }) => row)),
    h('fieldset', { class: 'filters' }, h('legend', {}, 'Only images'),
      labelled('in the folder', fields.prefix), labelled('of the format', fields.format), labelled('tagged', fields.tags),
      labelled('taken from', fields.takenAfter), labelled('taken before', fields.takenBefore),
      labelled('by the camera', fields.camera), labelled('rated at least', fields.minRating), labelled('with the keyword', fields.keywords),
      labelled('uploaded from', fields.after), labelled('uploaded before', fields.before),
      labelled('at least so wide', fields.minWidth), labelled('at least so high', fields.minHeight)));
  return { element, show };

  function field(type, attributes = {}) {
    return h('input', { type, autocomplete: 'off', onchange: report, ...attributes });
  }

  function weight(label) {
    const input = h('input', { type: 'range', min: 0, max: 2, step: 0.1, onchange: report });
    const output = h('output', {});
    input.addEventListener('input', () => { output.value = input.value; });
    return { input, output, row: h('label', { class: 'weight' }, h('span', {}, label), input, output) };
  }

  function report() {
    const changes = Object.fromEntries(Object.entries(fields).map(([name, input]) => [name, input.value.trim()]));
    changes.weights = Object.fromEntries(Object.entries(weights).map(([name, { input }]) => [name, Number(input.value)]));
    change(changes);
  }

  function show(state) {
    for (const [name, input] of Object.entries(fields)) if (input !== document.activeElement || input.value.trim() !== state[name]) input.value = state[name] ?? '';
    for (const [name, { input, output }] of Object.entries(weights)) input.value = output.value = state.weights[name];
    const used = { text: state.text, image: state.picture || state.sketch?.length, id: state.id, not: state.not };
    for (const [name, { row }] of Object.entries(weights)) row.hidden = !used[name];
    element.querySelector('.weights').hidden = Object.values(used).filter(Boolean).length < 2;
  }
}

const labelled = (label, input) => h('label', {}, h('span', {}, label), input);

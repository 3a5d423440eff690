import { query, read } from '../api.js';
import { fill, h, icon } from '../dom.js';
import { evidenceText } from '../evidence.js';
import { bytes, date, nameOf, pixels, similarity } from '../format.js';
import { openOriginal, picture } from '../picture.js';
import { failed, waiting } from '../states.js';
import { t, word } from '../texts.js';
import { complain, toast } from '../toast.js';
import { composition, palette } from './composition.js';
import { altOf, describing } from './describing.js';
import { hasLabels, labelled } from './labels.js';
import { showNeighbours } from './neighbours.js';
import { chosenPlace, pagesOf, placesOf } from './pages.js';
import { closeUp } from './place.js';
import { regionPicker } from './region.js';
import { bar, titleOf } from './tiles.js';

let dialog;
let current;

/** Shows one image over the results, or closes it if no id is given. */
export async function showDetail(id, context) {
  current = context;
  if (!id) {
    dialog?.close();
    return;
  }
  if (!dialog) make();
  if (dialog.dataset.id === id && dialog.open) return;
  dialog.dataset.id = id;
  const body = dialog.querySelector('.detail-body');
  fill(body, waiting(t('page.loading')));
  if (!dialog.open) dialog.showModal();
  try {
    const [image, images] = await Promise.all([read(`/api/images/${encodeURIComponent(id)}`), context.images]);
    if (dialog.dataset.id !== id) return;
    fill(body, ...content(image, images));
    showNeighbours(image, body);
  } catch (error) {
    if (dialog.dataset.id === id)
      fill(
        body,
        failed(error, () => {
          delete dialog.dataset.id;
          showDetail(id, current);
        }),
      );
  }
}

function make() {
  dialog = h(
    'dialog',
    { class: 'detail', 'aria-label': t('detail.label') },
    h('button', { type: 'button', class: 'close', 'aria-label': t('page.close'), onclick: () => dialog.close() }, icon('close')),
    h('div', { class: 'detail-body' }),
  );
  dialog.addEventListener('click', (event) => event.target === dialog && dialog.close());
  dialog.addEventListener('close', () => {
    const id = dialog.dataset.id;
    delete dialog.dataset.id;
    if (id && new URLSearchParams(location.search).has('image')) current.close();
    document.querySelector(`.tile[data-id="${CSS.escape(id ?? '')}"]`)?.focus();
  });
  dialog.addEventListener('keydown', async (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step && !['INPUT', 'TEXTAREA'].includes(event.target.tagName)) {
      event.preventDefault();
      turn(step);
    }
  });
  document.body.append(dialog);
}

async function turn(step) {
  const images = await current.images;
  const at = images.findIndex(({ id }) => id === dialog.dataset.id);
  const next = at < 0 ? undefined : images[at + step];
  if (next) current.openOther(next.id);
}

function content(image, images) {
  const at = images.findIndex(({ id }) => id === image.id);
  const found = images[at];
  const place = chosenPlace(image.id) ?? found?.region;
  const shown = picture(image, place ? 2048 : 1280, { alt: altOf(image) || nameOf(image.path), eager: true });
  const figure = h(
    'figure',
    {},
    shown,
    at >= 0 &&
      h(
        'div',
        { class: 'turn' },
        h('button', { type: 'button', 'aria-label': t('detail.before'), disabled: at === 0, onclick: () => turn(-1) }, icon('left')),
        h(
          'button',
          { type: 'button', 'aria-label': t('detail.next'), disabled: at === images.length - 1, onclick: () => turn(1) },
          icon('right'),
        ),
      ),
  );
  const close = closeUp(figure, shown, place);
  const part = regionPicker(figure, shown, (region) => current.byPart(image.id, region));
  return [
    figure,
    h(
      'div',
      { class: 'facts' },
      h('h2', {}, titleOf(image)),
      h('p', { class: 'path' }, image.path),
      image.pages > 1 && pagesOf(image, (id) => current.openOther(id)),
      h(
        'div',
        { class: 'buttons' },
        h('a', { class: 'button primary', href: query('/ui', { id: image.id }) }, t('detail.similar')),
        close.button,
        part.button,
        h('button', { type: 'button', onclick: () => openOriginal(image) }, t('detail.original')),
      ),
      part.controls,
      found?.parts && placesOf(found, image, (other) => (other.id === image.id ? close.move(other.region) : current.openOther(other.id))),
      h(
        'dl',
        {},
        found?.similarity !== undefined &&
          found.similarity !== null &&
          fact(t('detail.similarity'), h('span', { class: 'score' }, bar(found.similarity), similarity(found.similarity))),
        fact(t('detail.size'), [pixels(image), image.format?.toUpperCase(), bytes(image.bytes)].filter(Boolean).join(' · ')),
        image.uploadedAt && fact(t('detail.uploaded'), date(image.uploadedAt)),
        image.decidedAt && fact(t('detail.judged'), date(image.decidedAt)),
        fact(t('detail.verdict'), word('verdict', image.verdict, image.reason ?? image.status)),
        image.duplicateOf &&
          fact(
            t(image.status === 'quarantined' ? 'detail.copyOf' : 'detail.resembles'),
            h('a', { href: query('/ui', { image: image.duplicateOf.id }) }, image.duplicateOf.path),
          ),
        image.features && fact(t('detail.colours'), palette(image.features)),
        image.features && fact(t('detail.composition'), composition(image.features)),
        image.labels && hasLabels(image.labels) && fact(t('detail.looksLike'), labelled(image)),
        image.evidence && fact(t('detail.because'), evidenceText(image.evidence)),
        found?.highlights &&
          fact(
            t('detail.foundIn'),
            h(
              'ul',
              { class: 'found' },
              found.highlights.map((text) => h('li', {}, h('span', { class: 'where' }, word('matched', text.field)), ' ', marked(text))),
            ),
          ),
        image.status === 'indexed' && !image.sheet
          ? fact(t('detail.tags'), tagging(image))
          : image.tags?.length > 0 && fact(t('detail.tags'), image.tags.join(', ')),
        image.status === 'indexed' && !image.sheet
          ? fact(t('detail.shows'), describing(image))
          : image.altText && fact(t('detail.shows'), image.altText),
        image.sheet &&
          image.pages > 1 &&
          fact(t('detail.inDocument'), h('a', { href: query('/ui', { image: image.sheet.id }) }, image.sheet.path)),
        image.text && fact(t('detail.writtenInIt'), image.text),
        image.visibleText && fact(t('detail.writtenInIt'), image.visibleText),
        image.described?.problem && fact(t('detail.notDescribed'), image.described.problem),
        ...embedded(image.metadata ?? {}),
        image.model && fact(t('detail.model'), image.model),
      ),
      h('section', { class: 'neighbours', 'aria-label': t('detail.neighbours') }),
    ),
  ];
}

/** The file's own metadata. */
const embedded = (file) => [
  file.title && fact(t('detail.title'), file.title),
  file.headline && file.headline !== file.title && fact(t('detail.headline'), file.headline),
  file.description && fact(t('detail.caption'), file.description),
  file.keywords?.length > 0 && fact(t('detail.keywords'), file.keywords.join(', ')),
  file.takenAt && fact(t('detail.taken'), date(file.takenAt)),
  file.camera && fact(t('detail.camera'), [file.camera, file.lens].filter(Boolean).join(' · ')),
  file.rating && fact(t('detail.rating'), file.rating > 0 ? '★'.repeat(file.rating) : t('detail.ratedOut')),
  file.position && fact(t('detail.place'), `${file.position.latitude.toFixed(5)}, ${file.position.longitude.toFixed(5)}`),
  file.creator && fact(t('detail.creator'), file.creator),
  file.copyright && fact(t('detail.copyright'), file.copyright),
];

/** The text with its matches highlighted; all of it set as text. */
function marked({ text, marks }) {
  const parts = [];
  let from = 0;
  for (const { start, length } of marks) {
    parts.push(text.slice(from, start), h('mark', {}, text.slice(start, start + length)));
    from = start + length;
  }
  return [...parts, text.slice(from)];
}

function tagging(image) {
  const input = h('input', {
    type: 'text',
    value: image.tags.join(', '),
    'aria-label': t('detail.tagsLabel'),
    placeholder: t('detail.tagsExample'),
    maxlength: 2200,
    autocomplete: 'off',
  });
  const form = h('form', { class: 'tagging' }, input, h('button', { class: 'quiet' }, t('page.save')));
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const tags = [
      ...new Set(
        input.value
          .split(',')
          .map((tag) => tag.trim())
          .filter(Boolean),
      ),
    ];
    try {
      const saved = await read(`/api/images/${encodeURIComponent(image.id)}`, { method: 'PATCH', json: { tags } });
      input.value = saved.tags.join(', ');
      toast(t('detail.tagsSaved'));
    } catch (error) {
      complain(error);
    }
  });
  return form;
}

const fact = (name, value) => [h('dt', {}, name), h('dd', {}, value)];

import { h, icon } from '../dom.js';
import { bytes, date, nameOf, pixels, similarity } from '../format.js';
import { picture } from '../picture.js';
import { outlineSwitch, outlines } from './differences.js';

const blinkEvery = 700;
const kinds = { slide: 'Slider', blink: 'Blink', beside: 'Side by side' };

/** Two overlaid pictures: with a slider, blinking, or side by side; with the evidence in words. */
export function comparePictures(kept, member, actions) {
  const missing = kept.status === 'removed' || kept.status === 'processing';
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  let timer;

  const below = missing ? h('div', { class: 'absent' }, 'The kept image is gone') : picture(kept, 1280, { alt: `Kept: ${nameOf(kept.path)}`, eager: true });
  const above = picture(member, 1280, { alt: `Duplicate: ${nameOf(member.path)}`, eager: true });
  const differences = member.evidence?.differences ?? [];
  const outlined = (image, side) => differences.length > 0 && image.width > 0 && outlines(image, differences, side);
  const stage = h('div', { class: 'stage slide' }, h('figure', { class: 'below' }, below, !missing && outlined(kept, 'B')), h('figure', { class: 'above' }, above, outlined(member, 'A')));
  const slider = h('input', { type: 'range', min: 0, max: 100, value: 50, 'aria-label': 'Position of the boundary between kept image and duplicate', oninput: () => stage.style.setProperty('--at', `${slider.value}%`) });
  const flip = h('button', { type: 'button', onclick: () => stage.classList.toggle('flipped') }, 'Change pictures');
  const pause = h('button', { type: 'button', onclick: () => (timer ? stop() : blink()) }, 'Start blinking');
  const tools = h('div', { class: 'stage-tools' });
  const dialog = h('dialog', { class: 'detail compare', 'aria-label': 'Compare two pictures' },
    h('button', { type: 'button', class: 'close', 'aria-label': 'Close', onclick: () => dialog.close() }, icon('close')),
    h('div', { class: 'detail-body' },
      h('div', { class: 'compare-stage' },
        h('fieldset', { class: 'segments' }, h('legend', { class: 'visually-hidden' }, 'How to compare'),
          Object.entries(kinds).map(([kind, text]) => h('label', {}, h('input', { type: 'radio', name: 'kind', value: kind, checked: kind === 'slide', onchange: () => show(kind) }), h('span', {}, text)))),
        stage, tools, differences.length > 0 && outlineSwitch(stage, differences.length)),
      h('div', { class: 'facts' },
        h('h2', {}, nameOf(member.path)),
        member.evidence && h('p', {}, member.evidence.sentence),
        actions && h('div', { class: 'buttons' },
          h('button', { type: 'button', class: 'primary', onclick: () => { dialog.close(); actions.restore(); } }, 'Not a duplicate'),
          h('button', { type: 'button', class: 'danger', onclick: () => { dialog.close(); actions.remove(); } }, 'Delete for good…')),
        table(kept, member),
        evidence(member))));
  dialog.addEventListener('close', () => { stop(); dialog.remove(); });
  dialog.addEventListener('click', (event) => event.target === dialog && dialog.close());
  document.body.append(dialog);
  show('slide');
  dialog.showModal();
  dialog.querySelector('input[name=kind]').focus();

  function show(kind) {
    stop();
    stage.classList.remove(...Object.keys(kinds), 'flipped');
    stage.classList.add(kind);
    stage.style.setProperty('--at', `${slider.value}%`);
    tools.replaceChildren(...(kind === 'slide' ? [h('span', {}, 'Kept'), slider, h('span', {}, 'Duplicate')] : kind === 'blink' ? [flip, pause] : []));
    if (kind === 'blink' && !calm) blink();
  }

  function blink() {
    timer = setInterval(() => stage.classList.toggle('flipped'), blinkEvery);
    pause.textContent = 'Stop blinking';
  }

  function stop() {
    clearInterval(timer);
    timer = undefined;
    pause.textContent = 'Start blinking';
  }
}

function table(kept, member) {
  const row = (name, of) => h('tr', {}, h('th', { scope: 'row' }, name), h('td', {}, of(kept)), h('td', {}, of(member)));
  return h('table', {},
    h('thead', {}, h('tr', {}, h('td', {}), h('th', { scope: 'col' }, 'Kept'), h('th', { scope: 'col' }, 'Duplicate'))),
    h('tbody', {},
      row('Path', (image) => image.path),
      row('Size', (image) => pixels(image) || '–'),
      row('File', (image) => (image.bytes ? `${image.format?.toUpperCase() ?? ''} ${bytes(image.bytes)}` : '–')),
      row('Uploaded', (image) => (image.uploadedAt ? date(image.uploadedAt) : '–'))));
}

function evidence({ evidence: found, model }) {
  if (!found) return null;
  const facts = [
    ['Similarity', found.similarity !== null && found.similarity !== undefined && similarity(found.similarity)],
    ['Threshold', found.threshold && similarity(found.threshold)],
    ['Hash', found.hashDistance !== null && found.hashDistance !== undefined && `${found.hashDistance} of 64 bits differ`],
    ['Differences', found.differences?.length > 0 && (found.differences.length === 1 ? 'in one place' : `in ${found.differences.length} places`)],
    ['Model', found.model ?? model],
  ];
  return h('dl', {}, facts.filter(([, value]) => value).map(([name, value]) => [h('dt', {}, name), h('dd', { class: 'number' }, value)]));
}

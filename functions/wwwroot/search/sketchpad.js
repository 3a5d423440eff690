import { h, icon } from '../dom.js';
import { t } from '../texts.js';
import { toast } from '../toast.js';
import { colourNames, colours, draw, eraser, shapePoints, shapes, side, widths } from './strokes.js';

/**
 * A canvas to draw the query on, with a mouse, a finger, a pen, or the keyboard. `change` gets the strokes, whether one is finished,
 * and the photo below them; `weigh` the weight of the words beside them.
 */
export function sketchpad(change, weigh) {
  let strokes = [];
  let undone = [];
  let colour = 0;
  let width = 1;
  let stroke = null;
  let photo = null;
  const cursor = { x: side / 2, y: side / 2, down: false };

  const canvas = h('canvas', {
    width: side * 2,
    height: side * 2,
    tabindex: 0,
    role: 'application',
    'aria-roledescription': t('sketch.area'),
    'aria-label': t('sketch.label'),
    'aria-describedby': 'sketch-help',
  });
  const pointer = h('span', { class: 'crosshair', hidden: true });
  const swatches = colours.map((value, index) => {
    const name = t(`sketch.${colourNames[index]}`);
    const input = h('input', {
      type: 'radio',
      name: 'colour',
      value: index,
      checked: index === colour,
      onchange: () => {
        colour = index;
      },
    });
    const swatch = h(
      'label',
      { class: 'swatch', title: name },
      input,
      index === eraser ? icon('eraser') : h('span', { class: 'paint' }),
      h('span', { class: 'visually-hidden' }, name),
    );
    swatch.querySelector('.paint')?.style.setProperty('background-color', value);
    return swatch;
  });
  const thickness = h('input', {
    type: 'range',
    min: 0,
    max: widths.length - 1,
    step: 1,
    value: width,
    oninput: (event) => {
      width = Number(event.target.value);
    },
  });
  const shape = h(
    'select',
    {},
    shapes.map((name) => h('option', { value: name }, t(`sketch.${name}`))),
  );
  const share = h('output', {});
  const weight = h('input', {
    type: 'range',
    min: 0,
    max: 2,
    step: 0.1,
    oninput: () => {
      share.value = weight.value;
    },
    onchange: () => weigh(Number(weight.value)),
  });
  const beside = h('label', { class: 'thickness', hidden: true }, h('span', {}, t('sketch.words')), weight, share);
  const file = h('input', {
    type: 'file',
    accept: 'image/*',
    class: 'visually-hidden',
    tabindex: -1,
    'aria-hidden': 'true',
    onchange: () => importPhoto(),
  });
  const photoButton = h('button', { type: 'button', class: 'quiet', onclick: () => file.click() }, icon('picture'), t('sketch.photo'));
  const undoButton = h('button', { type: 'button', class: 'quiet', onclick: undo }, icon('undo'), t('page.undo'));
  const clearButton = h('button', { type: 'button', class: 'quiet', onclick: clear }, icon('close'), t('sketch.clear'));
  const element = h(
    'div',
    { id: 'sketchpad', class: 'panel sketchpad', hidden: true },
    h('div', { class: 'paper' }, canvas, pointer),
    h(
      'div',
      { class: 'pens' },
      h('fieldset', { class: 'swatches' }, h('legend', {}, t('sketch.pen')), swatches),
      h('label', { class: 'thickness' }, h('span', {}, t('sketch.shape')), shape),
      h('label', { class: 'thickness' }, h('span', {}, t('sketch.width')), thickness),
      beside,
      h('div', { class: 'buttons' }, undoButton, clearButton, photoButton, file),
      h('p', { id: 'sketch-help', class: 'hint' }, t('sketch.help')),
    ),
  );

  canvas.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    canvas.setPointerCapture(event.pointerId);
    canvas.focus({ preventScroll: true });
    begin(...position(event));
    event.preventDefault();
  });
  canvas.addEventListener('pointermove', (event) => {
    if (!stroke || cursor.down) return;
    for (const moved of event.getCoalescedEvents?.() ?? [event]) extend(...position(moved));
  });
  for (const name of ['pointerup', 'pointercancel']) canvas.addEventListener(name, () => stroke && !cursor.down && end());
  canvas.addEventListener('keydown', onKey);
  canvas.addEventListener('focus', () => canvas.matches(':focus-visible') && place());
  canvas.addEventListener('blur', () => {
    lift();
    pointer.hidden = true;
  });
  draw(canvas, strokes);
  return { element, show };

  /** Shows a query: its sketch, or what is drawn on a photo while that is its picture. */
  function show(state) {
    if (stroke) return;
    if (photo && !state.picture) photo = null;
    if (!photo) strokes = state.sketch ?? [];
    draw(canvas, strokes, photo);
    undoButton.disabled = strokes.length === 0;
    clearButton.disabled = strokes.length === 0 && !photo;
    beside.hidden = !state.text;
    weight.value = share.value = state.weights.text;
  }

  async function importPhoto() {
    const [chosen] = file.files;
    file.value = '';
    if (!chosen) return;
    try {
      photo = await createImageBitmap(chosen);
      finish(strokes);
    } catch {
      toast(t('sketch.notRead'));
    }
  }

  function clear() {
    photo = null;
    finish([]);
  }

  function begin(x, y) {
    stroke = { colour, width: colour === eraser ? Math.max(width, 2) : width, points: [x, y], corner: [x, y] };
    draw(canvas, [...strokes, stroke], photo);
  }

  function extend(x, y) {
    if (shape.value !== 'free') {
      stroke.points = shapePoints(shape.value, stroke.corner, [x, y]);
      draw(canvas, [...strokes, stroke], photo);
      return;
    }
    const [lastX, lastY] = stroke.points.slice(-2);
    if (Math.hypot(x - lastX, y - lastY) < 2) return;
    stroke.points.push(x, y);
    draw(canvas, [...strokes, stroke], photo);
  }

  function end() {
    const drawn = { colour: stroke.colour, width: stroke.width, points: stroke.points };
    stroke = null;
    undone = [];
    finish([...strokes, drawn]);
  }

  function finish(next) {
    strokes = next;
    draw(canvas, strokes, photo);
    change(strokes, true, photo);
  }

  function undo() {
    if (strokes.length === 0) return;
    undone.push(strokes.at(-1));
    finish(strokes.slice(0, -1));
  }

  function redo() {
    if (undone.length > 0) finish([...strokes, undone.pop()]);
  }

  function position(event) {
    const box = canvas.getBoundingClientRect();
    return [limit(((event.clientX - box.left) / box.width) * side), limit(((event.clientY - box.top) / box.height) * side)];
  }

  function onKey(event) {
    const step = event.shiftKey ? 24 : 8;
    const [dx, dy] = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }[event.key] ?? [0, 0];
    const undoing = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'z';
    if (undoing) (event.shiftKey ? redo : undo)();
    else if (event.key === ' ') cursor.down ? lift() : press();
    else if (dx || dy) move(dx, dy);
    else return;
    event.preventDefault();
    place();
  }

  function press() {
    cursor.down = true;
    begin(cursor.x, cursor.y);
  }

  function lift() {
    if (!cursor.down) return;
    cursor.down = false;
    end();
  }

  function move(dx, dy) {
    cursor.x = limit(cursor.x + dx);
    cursor.y = limit(cursor.y + dy);
    if (cursor.down) extend(cursor.x, cursor.y);
  }

  function place() {
    pointer.hidden = false;
    pointer.classList.toggle('down', cursor.down);
    pointer.style.setProperty('left', `${(cursor.x / side) * 100}%`);
    pointer.style.setProperty('top', `${(cursor.y / side) * 100}%`);
  }
}

const limit = (value) => Math.min(side - 1, Math.max(0, Math.round(value)));

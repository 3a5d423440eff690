import { fill, h, icon } from '../dom.js';
import { go } from '../main.js';
import { t } from '../texts.js';
import { toast } from '../toast.js';
import { showDetail } from './detail.js';
import { facets } from './facets.js';
import { names } from './narrowing.js';
import { parts } from './parts.js';
import { refinement } from './refine.js';
import { showResults } from './results.js';
import { selection } from './selection.js';
import { sketchpad } from './sketchpad.js';
import { address, emptyState, opened, pictureOf, readState } from './state.js';
import { toBlob } from './strokes.js';
import { moveByArrows } from './tiles.js';

export function start(root, leaving) {
  let state = readState();
  let shown = '';
  let images = Promise.resolve([]);
  let running;
  let drawn = 0;

  const words = h('input', {
    id: 'words',
    type: 'search',
    placeholder: t('search.wordsExample'),
    autocomplete: 'off',
    maxlength: 1000,
    enterkeyhint: 'search',
  });
  const file = h('input', {
    type: 'file',
    accept: 'image/*,application/pdf',
    class: 'visually-hidden',
    tabindex: -1,
    'aria-hidden': 'true',
  });
  const chips = h('div', { class: 'chips' });
  const results = h('section', { class: 'results', 'aria-label': t('search.images') });
  const drawing = sketchpad(
    async (strokes, finished, photo) => {
      const mine = ++drawn;
      const picture = photo ? await pictureOf(await toBlob(strokes, photo)) : null;
      // What was drawn or cleared meanwhile is newer than the picture of this.
      if (mine !== drawn) return;
      state = { ...state, picture, region: '', sketch: photo ? null : strokes, text: words.value.trim() };
      if (finished) commit({ replace: true });
    },
    (text) => {
      state = { ...state, weights: { ...state.weights, text }, text: words.value.trim() };
      commit({ replace: true });
    },
  );
  const refine = refinement((changes) => {
    state = { ...state, ...changes, weights: { ...state.weights, ...changes.weights }, text: words.value.trim() };
    commit({ replace: true });
  });
  const narrow = facets((changes) => {
    state = { ...state, ...changes, text: words.value.trim() };
    commit();
  });
  const form = h(
    'form',
    { role: 'search', class: 'ask' },
    h('label', { for: 'words', class: 'visually-hidden' }, t('search.words')),
    h(
      'div',
      { class: 'ask-line' },
      h('span', { class: 'ask-words' }, icon('search'), words),
      h(
        'span',
        { class: 'tools' },
        h('button', { type: 'button', class: 'tool', onclick: () => file.click() }, icon('picture'), t('search.picture')),
        toggle('pen', t('search.sketch'), drawing.element),
        toggle('funnel', t('search.narrow'), narrow.element),
        toggle('sliders', t('search.refine'), refine.element),
      ),
      h('button', { class: 'primary' }, t('search.submit')),
      file,
    ),
    chips,
  );

  const picked = selection(
    results,
    leaving,
    () => {
      shown = '';
      run();
    },
    () => narrow.show(state),
  );
  fill(
    root,
    h('h1', { class: 'visually-hidden' }, t('view.search')),
    form,
    narrow.element,
    refine.element,
    drawing.element,
    picked.bar,
    results,
  );
  root.classList.add('searching');
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    state = { ...state, text: words.value.trim() };
    commit();
  });
  words.addEventListener('search', () => words.value === '' && state.text && form.requestSubmit());
  file.addEventListener('change', () =>
    usePicture(file.files[0]).then(() => {
      file.value = '';
    }),
  );
  results.addEventListener('keydown', (event) => moveByArrows(event, results));
  listen();
  reflect();
  if (location.hash.startsWith('#picture=') && !state.picture) toast(t('search.linkWithoutPicture'), { seconds: 12 });
  if (state.sketch?.length) reveal(drawing.element);
  if (names.some((name) => state[name])) reveal(narrow.element);
  run();
  return changed;

  function toggle(symbol, label, panel) {
    const button = h('button', { type: 'button', class: 'tool', 'aria-expanded': 'false', 'aria-controls': panel.id }, icon(symbol), label);
    button.addEventListener('click', () => {
      panel.hidden = !panel.hidden;
      button.setAttribute('aria-expanded', String(!panel.hidden));
      if (panel.hidden) return;
      panel.querySelector('canvas, input')?.focus({ preventScroll: true });
      panel.dispatchEvent(new Event('open'));
    });
    return button;
  }

  function reveal(panel) {
    panel.hidden = false;
    panel.dispatchEvent(new Event('open'));
    form.querySelector(`[aria-controls="${panel.id}"]`).setAttribute('aria-expanded', 'true');
  }

  /** The URL follows the query, and the results follow the URL. */
  function commit(options) {
    return go(address(state), options);
  }

  function changed() {
    state = readState();
    reflect();
    run();
  }

  function reflect() {
    if (document.activeElement !== words || state.text !== words.value.trim()) words.value = state.text;
    fill(
      chips,
      parts(state, (changes) => {
        state = { ...state, ...changes, text: words.value.trim() };
        commit();
      }),
    );
    drawing.show(state);
    refine.show(state);
    narrow.show(state);
  }

  function run() {
    const query = address(state);
    if (query !== shown) {
      shown = query;
      picked.clear();
      running?.abort();
      running = new AbortController();
      leaving.addEventListener('abort', () => running.abort(), { once: true });
      images = showResults(results, state, running.signal);
    }
    const open = opened();
    showDetail(open, {
      images,
      state,
      byPart: (id, region) => go(address({ ...emptyState(), id, region })),
      close: () => go(address(state)),
      openOther: (id) => go(address(state, id), { replace: true }),
    });
  }

  async function usePicture(picture) {
    if (!picture) return;
    const found = await pictureOf(picture);
    if (found.isHeld) toast(t('search.heldPicture'));
    state = { ...emptyState(), ...state, sketch: null, id: '', region: '', picture: found, text: words.value.trim() };
    commit();
  }

  function listen() {
    const options = { signal: leaving };
    document.addEventListener(
      'paste',
      (event) => {
        const pasted = [...(event.clipboardData?.files ?? [])].find(({ type }) => type.startsWith('image/') || type === 'application/pdf');
        if (pasted) {
          event.preventDefault();
          usePicture(pasted);
        }
      },
      options,
    );
    document.addEventListener(
      'keydown',
      (event) => {
        if (
          event.key === '/' &&
          !event.ctrlKey &&
          !event.metaKey &&
          !/^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName ?? '')
        ) {
          event.preventDefault();
          words.focus();
          words.select();
        }
      },
      options,
    );
    const over = (event) => event.dataTransfer?.types.includes('Files');
    document.addEventListener(
      'dragover',
      (event) => {
        if (!over(event)) return;
        event.preventDefault();
        root.classList.add('dropping');
      },
      options,
    );
    document.addEventListener('dragleave', (event) => event.relatedTarget === null && root.classList.remove('dropping'), options);
    document.addEventListener(
      'drop',
      (event) => {
        if (!over(event)) return;
        event.preventDefault();
        root.classList.remove('dropping');
        usePicture(event.dataTransfer.files[0]);
      },
      options,
    );
  }
}

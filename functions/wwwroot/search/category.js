import { read } from '../api.js';
import { fill, h, icon } from '../dom.js';
import { nameOf, similarity as cosine } from '../format.js';
import { picture } from '../picture.js';
import { t } from '../texts.js';
import { explained } from '../toast.js';
import { saveCategory } from './categories.js';

const pause = 400;
const shown = 12;
const most = 1000;

/** Makes or changes a category, beside what would belong to it at each threshold. */
export function editCategory({ name: before, prompts, examples, threshold }, changed) {
  let nearest = [];
  let running;
  let timer;
  let kept = [...examples];
  const name = h('input', { id: 'category-name', type: 'text', value: before ?? '', maxlength: 64, required: true, autocomplete: 'off' });
  const words = h('textarea', { id: 'category-words', rows: 3, maxlength: 1010, placeholder: t('categories.wordsExample') });
  const slider = h('input', {
    id: 'category-threshold',
    type: 'range',
    min: -1,
    max: 1,
    step: 0.001,
    'aria-describedby': 'category-count',
  });
  const total = h('output', { id: 'category-count', for: 'category-threshold' });
  const sample = h('div', { class: 'stack' });
  const shownExamples = h('div', { class: 'examples' });
  const fault = h('p', { role: 'alert', class: 'mark none' });
  const save = h('button', { class: 'primary', value: 'yes', disabled: true }, t('page.save'));
  const form = h(
    'form',
    { class: 'stack padded' },
    h('h2', { id: 'category-title' }, before ? t('categories.changeOf', { name: before }) : t('categories.create')),
    h('label', { for: 'category-name' }, h('span', {}, t('categories.name'))),
    name,
    h('label', { for: 'category-words' }, h('span', {}, t('categories.words'))),
    words,
    shownExamples,
    h('label', { for: 'category-threshold' }, h('span', {}, t('categories.threshold'))),
    slider,
    total,
    sample,
    fault,
    h('div', { class: 'buttons' }, h('button', { type: 'button', onclick: () => dialog.close() }, t('page.cancel')), save),
  );
  const dialog = h('dialog', { class: 'categories', 'aria-labelledby': 'category-title' }, form);
  words.value = prompts.join('\n');
  words.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(preview, pause);
  });
  slider.addEventListener('input', show);
  form.addEventListener('submit', submit);
  dialog.addEventListener('close', () => {
    clearTimeout(timer);
    running?.abort();
    dialog.remove();
  });
  document.body.append(dialog);
  dialog.showModal();
  showExamples();
  preview(threshold);

  function meaning() {
    return {
      prompts: words.value
        .split('\n')
        .map((line) => line.trim())
        .filter(Boolean),
      examples: kept,
    };
  }

  async function preview(from) {
    const meant = meaning();
    running?.abort();
    save.disabled = true;
    if (meant.prompts.length + meant.examples.length === 0) {
      nearest = [];
      fill(sample);
      total.textContent = '';
      return;
    }
    running = new AbortController();
    const { signal } = running;
    try {
      const reply = await read('/api/categories/preview', { method: 'POST', json: { ...meant, top: most }, signal });
      nearest = reply.images;
      const least = nearest.at(-1)?.similarity ?? -1;
      slider.min = Math.max(-1, least - 0.05).toFixed(3);
      slider.max = Math.min(1, (nearest[0]?.similarity ?? 1) + 0.01).toFixed(3);
      slider.value = typeof from === 'number' ? from : reply.suggested;
      save.disabled = false;
      show();
    } catch (error) {
      if (!signal.aborted) fill(total, explained(error));
    }
  }

  function show() {
    const cut = Number(slider.value);
    const inside = nearest.filter(({ similarity }) => similarity >= cut);
    const outside = nearest.slice(inside.length, inside.length + shown);
    total.textContent = t(inside.length === most ? 'categories.orMore' : 'categories.count', {
      threshold: cosine(cut),
      count: inside.length,
    });
    fill(
      sample,
      inside.length > 0 && row(t('categories.surest'), inside.slice(0, shown)),
      inside.length > shown && row(t('categories.leastSure'), inside.slice(Math.max(shown, inside.length - shown))),
      outside.length > 0 && row(t('categories.outside'), outside),
    );
  }

  function row(label, images) {
    return h(
      'section',
      { 'aria-label': label },
      h('h3', {}, label),
      h(
        'ul',
        { class: 'samples' },
        images.map((image) =>
          h(
            'li',
            {},
            picture(image, 160, { alt: nameOf(image.path) }),
            h('span', { class: 'number' }, cosine(image.similarity)),
            !kept.includes(image.id) &&
              kept.length < 16 &&
              h(
                'button',
                {
                  type: 'button',
                  class: 'quiet',
                  title: t('categories.use'),
                  'aria-label': t('categories.useOf', { name: nameOf(image.path) }),
                  onclick: () => keep([...kept, image.id]),
                },
                '+',
              ),
          ),
        ),
      ),
    );
  }

  function keep(next) {
    kept = next;
    showExamples();
    preview();
  }

  function showExamples() {
    fill(
      shownExamples,
      kept.length > 0 && h('h3', {}, t('categories.kept', { count: kept.length })),
      kept.length > 0 &&
        h(
          'ul',
          { class: 'samples' },
          kept.map((id) =>
            h(
              'li',
              {},
              picture({ id }, 160),
              h(
                'button',
                {
                  type: 'button',
                  class: 'quiet',
                  'aria-label': t('categories.unuse'),
                  onclick: () => keep(kept.filter((other) => other !== id)),
                },
                icon('close'),
              ),
            ),
          ),
        ),
    );
  }

  async function submit(event) {
    event.preventDefault();
    save.disabled = true;
    fault.textContent = '';
    try {
      await saveCategory({ before, name: name.value.trim(), ...meaning(), threshold: Number(slider.value) }, changed);
      dialog.close();
    } catch (error) {
      save.disabled = false;
      fill(fault, explained(error));
    }
  }
}

import { read, send } from '../api.js';
import { confirm } from '../confirm.js';
import { fill, h, icon } from '../dom.js';
import { failed, waiting } from '../states.js';
import { t } from '../texts.js';
import { complain, toast } from '../toast.js';
import { editCategory } from './category.js';

const look = 2000;
const addressOf = (name) => `/api/categories/${encodeURIComponent(name)}`;

/** The team's own categories, to add, change and delete. `changed` counts again. */
export async function showCategories(changed) {
  const body = h('div', { class: 'stack' }, waiting(t('page.loading')));
  const dialog = h(
    'dialog',
    { class: 'categories', 'aria-labelledby': 'categories-title' },
    h('button', { type: 'button', class: 'close', 'aria-label': t('page.close'), onclick: () => dialog.close() }, icon('close')),
    h(
      'div',
      { class: 'stack padded' },
      h('h2', { id: 'categories-title' }, t('narrow.categories')),
      h('p', {}, t('categories.hint')),
      body,
      h('div', { class: 'buttons' }, h('button', { type: 'button', class: 'primary', onclick: () => edit() }, t('categories.create'))),
    ),
  );
  dialog.addEventListener('click', (event) => event.target === dialog && dialog.close());
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  await list();

  async function list() {
    try {
      const { categories } = await read('/api/categories');
      fill(
        body,
        categories.length === 0
          ? h('p', { class: 'hint' }, t('categories.none'))
          : h('ul', { class: 'category-list' }, categories.map(row)),
      );
    } catch (error) {
      fill(body, failed(error, list));
    }
  }

  function row(category) {
    const { name, prompts, examples, threshold } = category;
    const means = [...prompts, examples.length > 0 && t('categories.examples', { count: examples.length })].filter(Boolean).join(' · ');
    return h(
      'li',
      {},
      h('div', {}, h('strong', {}, name), h('p', { class: 'hint' }, threshold === null ? t('categories.otherModel', { means }) : means)),
      h(
        'div',
        { class: 'buttons' },
        h(
          'button',
          { type: 'button', class: 'quiet', 'aria-label': t('categories.changeOf', { name }), onclick: () => edit(category) },
          t('categories.change'),
        ),
        h(
          'button',
          { type: 'button', class: 'quiet', 'aria-label': t('categories.deleteOf', { name }), onclick: () => remove(name) },
          t('page.delete'),
        ),
      ),
    );
  }

  function edit(category) {
    dialog.close();
    editCategory(category ?? { prompts: [], examples: [] }, changed);
  }

  async function remove(name) {
    const sure = await confirm({
      title: t('categories.deleteTitle', { name }),
      text: t('categories.deleteText'),
      action: t('page.delete'),
    });
    if (!sure) return;
    try {
      await send(addressOf(name), { method: 'DELETE' });
      await list();
      await compared(changed);
    } catch (error) {
      complain(error);
    }
  }
}

/** Saves a category; one with another name than before replaces that. */
export async function saveCategory({ before, name, prompts, examples, threshold }, changed) {
  const saved = await read(addressOf(name), { method: 'PUT', json: { prompts, examples, threshold } });
  if (before && before.toLowerCase() !== saved.name.toLowerCase()) await send(addressOf(before), { method: 'DELETE' });
  toast(t('categories.saved', { name: saved.name }));
  compared(changed);
}

/** Counts again while images are compared. */
async function compared(changed) {
  try {
    for (let tagging = null; tagging?.status !== 'completed'; await new Promise((resolve) => setTimeout(resolve, look))) {
      ({ tagging } = await read('/api/categories'));
      changed();
      if (!tagging || tagging.status === 'failed' || tagging.status === 'cancelled') return;
    }
  } catch {
    // The counts come with the next change.
  }
}

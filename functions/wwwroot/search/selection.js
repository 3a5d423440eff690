import { read, send } from '../api.js';
import { withEach } from '../batch.js';
import { ask } from '../confirm.js';
import { fill, h } from '../dom.js';
import { parts, t } from '../texts.js';
import { reason, toast } from '../toast.js';
import { editCategory } from './category.js';

const indexed = 2500;

/** Selects results: by their boxes, with Shift a range, with the keyboard by x, Ctrl+A and Escape. `changed` reads the results again, `counted` the counts. */
export function selection(results, leaving, changed, counted) {
  const bar = h('div', { class: 'bulk selection', role: 'region', 'aria-label': t('selected.label'), hidden: true });
  let last;
  results.addEventListener(
    'click',
    (event) => {
      const box = event.target.closest('.pick');
      if (box) toggled(box, event.shiftKey);
    },
    { signal: leaving },
  );
  results.addEventListener('keydown', press, { signal: leaving });
  return { bar, clear };

  function press(event) {
    const box = event.target.closest('li')?.querySelector('.pick');
    if (event.key.toLowerCase() === 'x' && box && !event.ctrlKey && !event.metaKey) {
      box.checked = !box.checked;
      toggled(box, event.shiftKey);
    } else if (event.key === 'a' && (event.ctrlKey || event.metaKey)) {
      for (const each of boxes()) each.checked = true;
      show();
    } else if (event.key === 'Escape' && chosen().length > 0) {
      clear();
    } else {
      return;
    }
    event.preventDefault();
  }

  function toggled(box, isRange) {
    const all = boxes();
    if (isRange && all.includes(last)) {
      const [from, to] = [all.indexOf(last), all.indexOf(box)].sort((a, b) => a - b);
      for (const each of all.slice(from, to + 1)) each.checked = box.checked;
    }
    last = box;
    show();
  }

  function boxes() {
    return [...results.querySelectorAll('.pick')];
  }

  function chosen() {
    return boxes()
      .filter(({ checked }) => checked)
      .map(({ dataset }) => ({ id: dataset.id, path: dataset.path }));
  }

  function clear() {
    for (const box of boxes()) box.checked = false;
    show();
  }

  function show() {
    const images = chosen();
    bar.hidden = images.length === 0;
    results.classList.toggle('selecting', images.length > 0);
    if (images.length === 0) return;
    const act = (text, run, look = '') => h('button', { type: 'button', class: look, onclick: () => run(images) }, t(text));
    fill(
      bar,
      h('strong', { role: 'status' }, t('selected.count', { count: images.length })),
      h(
        'div',
        { class: 'buttons' },
        act('selected.download', download),
        act('selected.copyLinks', copyLinks),
        act('selected.addTag', addTag),
        act('selected.makeCategory', makeCategory),
        act('selected.setAside', setAside),
        act('selected.remove', remove, 'danger'),
        act('selected.clear', clear, 'quiet'),
      ),
    );
  }

  async function download(images) {
    const close = toast(t('selected.fetching', { count: images.length }), { seconds: 0 });
    try {
      const response = await send('/api/images/zip', { method: 'POST', json: { ids: images.map(({ id }) => id) } });
      const url = URL.createObjectURL(await response.blob());
      h('a', { href: url, download: 'images.zip' }).click();
      setTimeout(() => URL.revokeObjectURL(url), 60_000);
    } catch (error) {
      toast(parts('selected.notDownloaded', { reason: reason(error) }), { seconds: 12, role: 'alert' });
    } finally {
      close();
    }
  }

  async function copyLinks(images) {
    const links = images.map(({ id }) => `${location.origin}/ui?image=${id}`).join('\n');
    try {
      await navigator.clipboard.writeText(links);
      toast(t('selected.linksCopied', { count: images.length }));
    } catch {
      toast(t('selected.noClipboard'), { role: 'alert' });
    }
  }

  async function addTag(images) {
    const tag = await ask({ title: t('selected.tagTitle', { count: images.length }), label: t('selected.tag'), maxlength: 64 });
    if (tag) {
      await withEach(
        images,
        async ({ id }) => {
          const { tags } = await read(`/api/images/${id}`);
          await send(`/api/images/${id}`, { method: 'PATCH', json: { tags: [...new Set([...tags, tag])] } });
        },
        'tagged',
        { values: { tag } },
      );
    }
  }

  function makeCategory(images) {
    editCategory({ prompts: [], examples: images.slice(0, 16).map(({ id }) => id) }, counted);
  }

  function setAside(images) {
    return takeOut(images, ({ id }) => send(`/api/quarantine/${id}`, { method: 'POST' }), 'quarantined');
  }

  function remove(images) {
    return takeOut(images, ({ id }) => send(`/api/images/${id}`, { method: 'DELETE' }), 'trashed');
  }

  /** Both leave the collection for the quarantine, and can be put back. */
  async function takeOut(images, act, done) {
    const gone = await withEach(images, act, done, { silent: true });
    clear();
    changed();
    if (gone.length === 0) return;
    toast(t(`done.${done}`, { count: gone.length }), {
      seconds: 20,
      action: {
        label: t('page.undo'),
        run: async () => {
          await withEach(gone, ({ id }) => send(`/api/quarantine/${id}/restore`, { method: 'POST' }), 'restored');
          changed();
          // The index shows them a moment later.
          setTimeout(() => leaving.aborted || changed(), indexed);
        },
      },
    });
  }
}

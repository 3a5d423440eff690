import { read, send } from '../api.js';
import { withEach } from '../batch.js';
import { ask, confirm } from '../confirm.js';
import { fill, h } from '../dom.js';
import { many, nameOf } from '../format.js';
import { toast } from '../toast.js';

/** Selects results: by their boxes, with Shift a range, with the keyboard by x, Ctrl+A and Escape. `changed` reads the results again. */
export function selection(results, leaving, changed) {
  const bar = h('div', { class: 'bulk selection', role: 'region', 'aria-label': 'Selected images', hidden: true });
  let last;
  results.addEventListener('click', (event) => {
    const box = event.target.closest('.pick');
    if (box) toggled(box, event.shiftKey);
  }, { signal: leaving });
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
    return boxes().filter(({ checked }) => checked).map(({ dataset }) => ({ id: dataset.id, path: dataset.path }));
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
    const act = (text, run, look = '') => h('button', { type: 'button', class: look, onclick: () => run(images) }, text);
    fill(bar, h('strong', { role: 'status' }, `${many(images.length, 'image')} selected`),
      h('div', { class: 'buttons' }, act('Download', download), act('Copy links', copyLinks), act('Add a tag…', addTag), act('Delete…', remove, 'danger'), act('Clear', clear, 'quiet')));
  }

  async function download(images) {
    const close = toast(`Fetching ${many(images.length, 'original')}…`, { seconds: 0 });
    try {
      const response = await send('/api/images/zip', { method: 'POST', json: { ids: images.map(({ id }) => id) } });
      const url = URL.createObjectURL(await response.blob());
      h('a', { href: url, download: 'images.zip' }).click();
      setTimeout(() => URL.revokeObjectURL(url), 60_000);
    } catch (error) {
      toast(`They could not be downloaded: ${error.message}`, { seconds: 12, role: 'alert' });
    } finally {
      close();
    }
  }

  async function copyLinks(images) {
    const links = images.map(({ id }) => `${location.origin}/ui?image=${id}`).join('\n');
    try {
      await navigator.clipboard.writeText(links);
      toast(`${many(images.length, 'link')} copied.`);
    } catch {
      toast('The browser does not allow the page to copy.', { role: 'alert' });
    }
  }

  async function addTag(images) {
    const tag = await ask({ title: `Tag ${many(images.length, 'image')}`, label: 'Tag', maxlength: 64 });
    if (tag) {
      await withEach(images, async ({ id }) => {
        const { tags } = await read(`/api/images/${id}`);
        await send(`/api/images/${id}`, { method: 'PATCH', json: { tags: [...new Set([...tags, tag])] } });
      }, `tagged “${tag}”`);
    }
  }

  async function remove(images) {
    const sure = await confirm({
      title: images.length === 1 ? `Delete “${nameOf(images[0].path)}”?` : `Delete ${many(images.length, 'image')}?`,
      text: 'Their files are deleted from the container. They can be had again only from the storage account’s own soft delete.',
      action: 'Delete',
    });
    if (!sure) return;
    await withEach(images, ({ id }) => send(`/api/images/${id}`, { method: 'DELETE' }), 'deleted');
    clear();
    changed();
  }
}

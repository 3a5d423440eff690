import { fill, h } from '../dom.js';
import { t } from '../texts.js';
import { filesOf, pathOf } from './files.js';
import { uploads } from './uploads.js';

// Uploads continue while other views are shown, so their display outlives the view.
let shown;

export function start(root, leaving) {
  shown ??= make();
  fill(root, shown.element);
  const options = { signal: leaving };
  const carries = (event) => event.dataTransfer?.types.includes('Files');
  document.addEventListener(
    'dragover',
    (event) => {
      if (!carries(event)) return;
      event.preventDefault();
      root.classList.add('dropping');
    },
    options,
  );
  document.addEventListener('dragleave', (event) => event.relatedTarget === null && root.classList.remove('dropping'), options);
  document.addEventListener(
    'drop',
    async (event) => {
      if (!carries(event)) return;
      event.preventDefault();
      root.classList.remove('dropping');
      shown.take(await filesOf(event.dataTransfer));
    },
    options,
  );
  document.addEventListener(
    'paste',
    (event) => {
      if (event.clipboardData?.files.length > 0) shown.take([...event.clipboardData.files].map((file) => ({ file, path: file.name })));
    },
    options,
  );
}

function make() {
  const folder = h('input', { type: 'text', autocomplete: 'off', placeholder: t('upload.intoExample'), maxlength: 500 });
  const files = h('input', {
    type: 'file',
    multiple: true,
    class: 'visually-hidden',
    tabindex: -1,
    'aria-hidden': 'true',
    'data-pick': 'files',
  });
  const tree = h('input', {
    type: 'file',
    multiple: true,
    webkitdirectory: true,
    class: 'visually-hidden',
    tabindex: -1,
    'aria-hidden': 'true',
    'data-pick': 'folder',
  });
  const list = uploads();
  const take = (found) => list.add(found.map(({ file, path }) => ({ file, path: pathOf(folder.value, path) })));
  for (const input of [files, tree]) {
    input.addEventListener('change', () => {
      take([...input.files].map((file) => ({ file, path: file.webkitRelativePath || file.name })));
      input.value = '';
    });
  }
  const element = h(
    'div',
    { class: 'uploading' },
    h('header', { class: 'view-head' }, h('div', {}, h('h1', {}, t('view.upload')), h('p', { class: 'hint' }, t('upload.hint')))),
    h(
      'div',
      { class: 'dropzone' },
      h('p', { class: 'drop-title' }, t('upload.drop')),
      h(
        'div',
        { class: 'buttons centred' },
        h('button', { type: 'button', class: 'primary', onclick: () => files.click() }, t('upload.files')),
        h('button', { type: 'button', onclick: () => tree.click() }, t('upload.folder')),
      ),
      h('label', { class: 'into' }, h('span', {}, t('upload.into')), folder),
      files,
      tree,
    ),
    list.element,
  );
  return { element, take };
}

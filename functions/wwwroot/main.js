import { h, fill } from './dom.js';
import { failed } from './states.js';
import { choose, language, languages, t, translate } from './texts.js';

// Each view is loaded on first use.
const views = {
  '/ui': { title: 'view.search', load: () => import('./search/view.js') },
  '/ui/review': { title: 'view.review', load: () => import('./review/view.js') },
  '/ui/upload': { title: 'view.upload', load: () => import('./upload/view.js') },
  '/ui/operate': { title: 'view.operate', load: () => import('./operate/view.js') },
};

const main = document.getElementById('main');
let current = {};

/** Navigates within the page; the current view may handle the change itself. */
export function go(address, { replace = false } = {}) {
  history[replace ? 'replaceState' : 'pushState'](null, '', address);
  return show();
}

async function show() {
  const path = location.pathname.replace(/\/+$/, '') || '/ui';
  const view = views[path] ?? views['/ui'];
  if (current.view === view && current.changed) {
    current.changed();
    return;
  }
  current.leaving?.abort();
  const leaving = new AbortController();
  current = { view, leaving };
  document.title = `${t(view.title)} · ${t('page.title')}`;
  for (const link of document.querySelectorAll('nav a')) {
    if (link.pathname === path) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  const root = h('div', { class: 'view' });
  try {
    const { start } = await view.load();
    if (leaving.signal.aborted) return;
    fill(main, root);
    current.changed = start(root, leaving.signal);
  } catch (error) {
    console.error(error);
    fill(
      main,
      failed({ title: t('page.notLoaded'), message: t('page.notLoadedHint') }, () => location.reload()),
    );
  }
}

document.addEventListener('click', (event) => {
  const link = event.target.closest?.('a[href]');
  if (!link || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  if (link.classList.contains('skip')) {
    event.preventDefault();
    main.focus();
  } else if (link.origin === location.origin && views[link.pathname] && !link.target) {
    event.preventDefault();
    const moved = link.pathname !== location.pathname;
    go(link.href).then(() => moved && main.focus());
  }
});
window.addEventListener('popstate', show);
translate(document);
document.querySelector('.top').append(
  h(
    'select',
    { class: 'language', 'aria-label': t('page.language'), autocomplete: 'off', onchange: (event) => choose(event.target.value) },
    Object.entries(languages).map(([tag, name]) => h('option', { value: tag, lang: tag, selected: tag === language }, name)),
  ),
);
show();

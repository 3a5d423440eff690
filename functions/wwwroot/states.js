import { h } from './dom.js';
import { t } from './texts.js';

/** Placeholder for a view's content: the reason, and a next step. */
export const empty = (title, text, ...actions) =>
  h('div', { class: 'state' }, h('h2', {}, title), h('p', {}, text), h('div', { class: 'buttons' }, actions));

export function failed(error, retry) {
  return h(
    'div',
    { class: 'state', role: 'alert' },
    h('h2', {}, error.title ?? t('page.failed')),
    h('p', { lang: error.lang }, error.message),
    h('div', { class: 'buttons' }, retry && h('button', { type: 'button', class: 'primary', onclick: retry }, t('page.again'))),
  );
}

export const waiting = (text) => h('p', { class: 'waiting', role: 'status' }, text);

import { query, read } from '../api.js';
import { fill, h } from '../dom.js';
import { many } from '../format.js';
import { go } from '../main.js';
import { empty, failed, waiting } from '../states.js';
import { actions } from './actions.js';
import { groupCard } from './group.js';
import { whatIf } from './what-if.js';

const page = 20;
const mostShown = 200;
const sorts = { confidence: 'Most alike first', size: 'Largest first', date: 'Latest first' };
const statuses = { quarantined: 'In quarantine', copy: 'Copies that stayed', lookAlike: 'Look-alikes', '': 'All of them' };

export function start(root, leaving) {
  const sort = h('select', { onchange: choose }, Object.entries(sorts).map(([value, text]) => h('option', { value }, text)));
  const status = h('select', { onchange: choose }, Object.entries(statuses).map(([value, text]) => h('option', { value }, text)));
  const list = h('section', { class: 'groups', 'aria-label': 'Groups of duplicates' });
  const bulk = h('div', { class: 'bulk' });
  const work = actions(leaving, showBulk);
  const threshold = whatIf(leaving);
  let running;

  fill(root,
    h('header', { class: 'view-head' },
      h('div', {}, h('h1', {}, 'Review'), h('p', { class: 'hint' }, 'Duplicates beside the image that was kept. Nothing is lost until you delete it for good.')),
      h('div', { class: 'choices' }, h('label', {}, h('span', {}, 'Show'), status), h('label', {}, h('span', {}, 'Order'), sort), threshold.button)),
    threshold.element, bulk, list);
  changed();
  return changed;

  function choose() {
    go(query('/ui/review', { sort: sort.value === 'confidence' ? '' : sort.value, status: status.value === 'quarantined' ? '' : status.value || 'all' }), { replace: true });
  }

  function changed() {
    const parameters = new URLSearchParams(location.search);
    sort.value = sorts[parameters.get('sort')] ? parameters.get('sort') : 'confidence';
    const wanted = parameters.get('status');
    status.value = wanted === 'all' ? '' : statuses[wanted] ? wanted : 'quarantined';
    running?.abort();
    running = new AbortController();
    leaving.addEventListener('abort', () => running.abort(), { once: true });
    work.clear();
    load(running.signal);
  }

  async function load(signal, continuation) {
    const next = async () => read(query('/api/duplicates', { sort: sort.value, status: status.value, top: page, continuation }), { signal });
    fill(list, waiting('Loading…'));
    try {
      let shown = 0;
      const add = async () => {
        const reply = await next();
        continuation = reply.continuation;
        shown += reply.groups.length;
        return reply.groups.map((group) => groupCard(group, { sort: sort.value, status: status.value, work }));
      };
      let cards = await add();
      while (cards.length === 0 && continuation) cards = await add();
      if (signal.aborted) return;
      if (cards.length === 0) {
        fill(list, status.value === 'quarantined'
          ? empty('Nothing to review', 'The quarantine is empty. When a copy of an image is uploaded, it waits here for your decision.', h('a', { class: 'button', href: query('/ui/review', { status: 'all' }) }, 'Show look-alikes as well'))
          : empty('Nothing to review', 'There are no images of this kind.'));
        return;
      }
      fill(list, cards);
      unrollGroups(add, () => shown, () => continuation, signal);
    } catch (error) {
      if (error.name === 'AbortError') return;
      fill(list, error.status === 404
        ? empty('Duplicates are not listed yet', 'This version of the app has no list of duplicates. Each image’s own record says what it duplicates.')
        : failed(error, () => load(signal)));
    }
  }

  /** Loads more groups near the end; after a limit only on request, replacing the previous ones. */
  function unrollGroups(add, shown, continuation, signal) {
    const end = h('div', { class: 'end' });
    list.append(end);
    const watcher = new IntersectionObserver(async ([{ isIntersecting }]) => {
      if (!isIntersecting) return;
      watcher.unobserve(end);
      if (!continuation()) return end.remove();
      if (shown() >= mostShown) {
        end.replaceWith(h('div', { class: 'buttons centred' }, h('button', { type: 'button', onclick: () => { window.scrollTo(0, 0); work.clear(); load(signal, continuation()); } }, 'Show the next groups')));
        return;
      }
      const cards = await add().catch((error) => (error.name === 'AbortError' ? [] : [failed(error)]));
      if (signal.aborted) return;
      end.before(...cards);
      watcher.observe(end);
    }, { rootMargin: '1500px' });
    watcher.observe(end);
    signal.addEventListener('abort', () => watcher.disconnect());
  }

  function showBulk(selected) {
    bulk.classList.toggle('active', selected.length > 0);
    fill(bulk,
      h('label', { class: 'check' }, h('input', { type: 'checkbox', checked: selected.length > 0, onchange: (event) => work.selectAll(event.target.checked) }), h('span', {}, selected.length ? `${many(selected.length, 'image')} selected` : 'Select all that are shown')),
      selected.length > 0 && h('div', { class: 'buttons' },
        h('button', { type: 'button', onclick: () => work.restore(selected) }, 'Not duplicates: put back'),
        h('button', { type: 'button', class: 'danger', onclick: () => work.remove(selected) }, 'Delete for good…')));
  }
}

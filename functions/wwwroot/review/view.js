import { query, read } from '../api.js';
import { fill, h } from '../dom.js';
import { go } from '../main.js';
import { empty, failed, waiting } from '../states.js';
import { t } from '../texts.js';
import { actions } from './actions.js';
import { groupCard } from './group.js';
import { commands, showHelp } from './keys.js';
import { cardList } from './list.js';
import { pages } from './pages.js';
import { rules } from './rules.js';
import { whatIf } from './what-if.js';

const mostShown = 200;
const nearEnd = 10;
const sorts = ['confidence', 'doubtful', 'size', 'date'];
const statuses = {
  quarantined: 'quarantined',
  copy: 'copies',
  lookAlike: 'lookAlikes',
  '': 'all',
  trashed: 'trashed',
  setAside: 'setAside',
};

export function start(root, leaving) {
  const sort = h(
    'select',
    { onchange: choose },
    sorts.map((value) => h('option', { value }, t(`review.${value}`))),
  );
  const status = h(
    'select',
    { onchange: choose },
    Object.entries(statuses).map(([value, text]) => h('option', { value }, t(`review.${text}`))),
  );
  const list = h('section', { class: 'groups', 'aria-label': t('review.groups') });
  const bulk = h('div', { class: 'bulk' });
  const position = h('output', { class: 'hint position' });
  let total;
  let loaded;
  const cards = cardList(list, () => total);
  const work = actions(leaving, { onselect: showBulk, changed: reread });
  const threshold = whatIf(leaving);
  const rule = rules(leaving, { changed: again, undoable: work.undoable });
  let running;

  fill(
    root,
    h(
      'header',
      { class: 'view-head' },
      h('div', {}, h('h1', {}, t('view.review')), h('p', { class: 'hint' }, t('review.hint'))),
      h(
        'div',
        { class: 'choices' },
        h('label', {}, h('span', {}, t('review.show')), status),
        h('label', {}, h('span', {}, t('review.order')), sort),
        h('button', { type: 'button', 'aria-keyshortcuts': '?', onclick: showHelp }, t('review.keys')),
        rule.button,
        threshold.button,
      ),
    ),
    rule.element,
    threshold.element,
    bulk,
    list,
  );
  list.addEventListener('focusin', () => {
    position.value = cards.current() ? cards.position(cards.current()) : '';
  });
  document.addEventListener('keydown', press, { signal: leaving });
  changed();
  return changed;

  function press(event) {
    if (document.querySelector('dialog[open]') || (event.target !== document.body && !root.contains(event.target))) return;
    const card = cards.current();
    const decide = card
      ? Object.fromEntries(Object.entries(work.decisionsOn(card)).map(([name, { act }]) => [name, () => goOn(card, act)]))
      : {};
    const select = card?.box.isConnected ? () => card.box.click() : undefined;
    if (
      commands(event, {
        next: forward,
        previous: () => cards.move(-1),
        keep: forward,
        undo: () => work.undo(),
        help: showHelp,
        select,
        ...decide,
      })
    )
      event.preventDefault();
  }

  /** The next one is there at once; what was decided is done meanwhile. A question keeps the place. */
  async function goOn(card, act) {
    const [known, previous] = [cards.at(card, 1), cards.at(card, -1)];
    const more = readAhead();
    act([card]);
    if (!card.element.classList.contains('leaving')) return;
    const next = known ?? cards.first((await more) ?? []) ?? previous;
    if (next) cards.focus(next);
  }

  async function forward() {
    const more = readAhead();
    if (cards.left() === 0) await more;
    cards.move(1);
  }

  /** Keys are quicker than scrolling: the next groups are read before the last one is reached. */
  function readAhead() {
    return cards.left() < nearEnd ? loaded?.ahead() : undefined;
  }

  function choose() {
    go(
      query('/ui/review', {
        sort: sort.value === 'confidence' ? '' : sort.value,
        status: status.value === 'quarantined' ? '' : status.value || 'all',
      }),
      { replace: true },
    );
  }

  function changed() {
    const parameters = new URLSearchParams(location.search);
    sort.value = sorts.includes(parameters.get('sort')) ? parameters.get('sort') : 'confidence';
    const wanted = parameters.get('status');
    status.value = wanted === 'all' ? '' : statuses[wanted] ? wanted : 'quarantined';
    again();
  }

  /** Reads the list from its start. */
  function again() {
    running?.abort();
    running = new AbortController();
    leaving.addEventListener('abort', () => running.abort(), { once: true });
    work.clear();
    load(running.signal);
    countAll(running.signal);
  }

  /** How many images there are to review; unknown for the trash. */
  async function countAll(signal) {
    total = undefined;
    const of = { quarantined: ['quarantined'], copy: ['copies'], lookAlike: ['lookAlikes'], '': ['quarantined', 'copies', 'lookAlikes'] }[
      status.value
    ];
    if (!of) return;
    try {
      const { histogram } = await read(query('/api/duplicates/what-if', { top: 0 }), { signal });
      total = histogram.reduce((sum, bar) => sum + of.reduce((part, kind) => part + bar[kind], 0), 0);
      showBulk([]);
    } catch {
      // The list works without.
    }
  }

  async function load(signal, continuation) {
    fill(list, waiting(t('page.loading')));
    const source = pages({
      sort: sort.value,
      status: status.value,
      continuation,
      signal,
      progress: (read) => fill(list, waiting(t('review.reading', { count: read }))),
    });
    const add = async () => (await source.next()).map(card);
    try {
      const first = await add();
      if (signal.aborted) return;
      if (first.length === 0) {
        fill(list, nothing());
        return;
      }
      fill(list, first);
      loaded = unrollGroups(add, source, signal);
    } catch (error) {
      if (error.name === 'AbortError') return;
      fill(list, error.status === 404 ? empty(t('review.notListed'), t('review.notListedHint')) : failed(error, () => load(signal)));
    }
  }

  function nothing() {
    if (status.value === 'trashed') return empty(t('review.trashEmpty'), t('review.trashEmptyHint'));
    return status.value === 'quarantined'
      ? empty(
          t('review.nothing'),
          t('review.nothingQuarantined'),
          h('a', { class: 'button', href: query('/ui/review', { status: 'all' }) }, t('review.showAll')),
        )
      : empty(t('review.nothing'), t('review.nothingOfKind'));
  }

  function card(group) {
    return groupCard(group, { sort: source(), status: status.value, work, cards });
  }

  function source() {
    return sort.value === 'doubtful' ? 'confidence' : sort.value;
  }

  /** Reads the group of a kept image again, in its place or in that of another group. */
  async function reread(keptId, insteadId) {
    try {
      const group = await read(query(`/api/duplicates/${insteadId ?? keptId}`, { sort: source(), status: status.value }));
      const places = [keptId, insteadId].map((id) => list.querySelector(`[data-kept="${id}"]`)).filter(Boolean);
      if (group.members.length > 0) {
        const fresh = card(group);
        if (places.length > 0) places.shift().replaceWith(fresh);
        else list.prepend(fresh);
        if (document.activeElement === document.body) fresh.querySelector('.member button')?.focus({ preventScroll: true });
      }
      for (const place of places) place.remove();
    } catch (error) {
      if (error.status === 404) list.querySelector(`[data-kept="${keptId}"]`)?.remove();
    }
  }

  /** Loads more groups near the end; after a limit only on request, replacing the previous ones. Returns how to load some, or the rest, at once. */
  function unrollGroups(add, source, signal) {
    const end = h('div', { class: 'end' });
    list.append(end);
    const watcher = new IntersectionObserver(
      async ([{ isIntersecting }]) => {
        if (!isIntersecting) return;
        watcher.unobserve(end);
        if (source.isAtEnd()) return end.remove();
        if (source.shown() >= mostShown) {
          end.replaceWith(
            h(
              'div',
              { class: 'buttons centred' },
              h(
                'button',
                {
                  type: 'button',
                  onclick: () => {
                    window.scrollTo(0, 0);
                    work.clear();
                    load(signal, source.continuation());
                  },
                },
                t('review.nextGroups'),
              ),
            ),
          );
          return;
        }
        await more();
        watcher.observe(end);
      },
      { rootMargin: '1500px' },
    );
    watcher.observe(end);
    signal.addEventListener('abort', () => watcher.disconnect());
    let reading;
    return {
      ahead: async () => (source.isAtEnd() || source.shown() >= mostShown || signal.aborted ? [] : more()),
      all: async () => {
        watcher.disconnect();
        while (!source.isAtEnd() && !signal.aborted) await more();
        end.remove();
      },
    };

    /** One page at a time, whoever asks. */
    function more() {
      reading ??= readPage().finally(() => (reading = undefined));
      return reading;
    }

    async function readPage() {
      const cards = await add().catch((error) => (error.name === 'AbortError' ? [] : [failed(error)]));
      if (!signal.aborted) end.before(...cards);
      return cards;
    }
  }

  function showBulk(selected) {
    bulk.classList.toggle('active', selected.length > 0);
    const [first] = selected;
    const common =
      first &&
      selected.every(
        ({ member }) => member.status === first.member.status && Boolean(member.trashedAt) === Boolean(first.member.trashedAt),
      );
    fill(
      bulk,
      h(
        'label',
        { class: 'check' },
        h('input', { type: 'checkbox', checked: selected.length > 0, onchange: (event) => work.selectAll(event.target.checked) }),
        h('span', {}, selected.length ? t('selected.count', { count: selected.length }) : t('review.selectShown')),
      ),
      total > 0 &&
        selected.length > 0 &&
        selected.length < total &&
        h('button', { type: 'button', class: 'quiet', onclick: selectEverything }, t('review.selectAll', { count: total })),
      common &&
        h(
          'div',
          { class: 'buttons' },
          Object.values(work.decisionsOn(first)).map(({ text, look, act }) =>
            h(
              'button',
              { type: 'button', class: look.includes('delete') ? 'danger' : '', onclick: () => act(selected) },
              t(`review.${text}`, { count: selected.length }),
            ),
          ),
        ),
      position,
    );
  }

  async function selectEverything() {
    await loaded?.all();
    for (const button of list.querySelectorAll('.group > .quiet')) button.click();
    work.selectAll(true);
  }
}

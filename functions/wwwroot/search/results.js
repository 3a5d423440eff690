import { query, read } from '../api.js';
import { fill, h } from '../dom.js';
import { decimal } from '../format.js';
import { empty, failed, waiting } from '../states.js';
import { t } from '../texts.js';
import { borderOf } from './border.js';
import { flags, listOf, rows } from './narrowing.js';
import { samplesButton } from './samples.js';
import { address, asks, emptyState, filters } from './state.js';
import { toBlob } from './strokes.js';
import { grid, unroll } from './tiles.js';

const first = 120;
const most = 1000;

/** Shows a query's results, or the newest images without a query. Returns the growing list of shown images. */
export async function showResults(place, state, signal) {
  const shown = [];
  place.setAttribute('aria-busy', 'true');
  const stopping = new AbortController();
  const either = AbortSignal.any([signal, stopping.signal]);
  const late = setTimeout(
    () =>
      either.aborted ||
      fill(
        place,
        waiting(t(asks(state) ? 'search.searching' : 'page.loading')),
        h('div', { class: 'buttons' }, h('button', { type: 'button', onclick: () => stopping.abort() }, t('page.cancel'))),
      ),
    400,
  );
  try {
    if (asks(state)) await showFound(place, state, shown, either);
    else await showNewest(place, state, shown, either);
  } catch (error) {
    if (signal.aborted) return shown;
    fill(
      place,
      stopping.signal.aborted
        ? empty(
            t('search.cancelled'),
            t('search.cancelledHint'),
            h('button', { type: 'button', class: 'primary', onclick: () => showResults(place, state, signal) }, t('search.searchAgain')),
          )
        : failed(error, () => showResults(place, state, signal)),
    );
  } finally {
    clearTimeout(late);
    if (!signal.aborted) place.removeAttribute('aria-busy');
  }
  return shown;
}

async function search(state, top, signal) {
  const filter = Object.fromEntries(Object.entries(filters(state)).filter(([, value]) => value));
  for (const name of ['tags', 'keywords', ...rows.map((row) => row.name)]) if (filter[name]) filter[name] = listOf(filter[name]);
  for (const name of ['minWidth', 'minHeight', 'minRating']) if (filter[name]) filter[name] = Number(filter[name]);
  for (const name of flags) if (filter[name]) filter[name] = filter[name] === 'true';
  const image = state.sketch?.length ? await toBlob(state.sketch) : state.picture?.blob;
  const mode = state.mode === 'words' || state.mode === 'vector' ? state.mode : undefined;
  const region = state.sketch?.length ? '' : state.region;
  const parts = {
    text: state.text,
    id: state.id,
    region: image || state.id ? region : undefined,
    not: state.not,
    top,
    mode,
    weights: state.weights,
    filter,
  };
  if (!image) return read('/api/search', { method: 'POST', json: parts, signal });
  const form = new FormData();
  form.set('image', image, 'query');
  for (const [name, value] of Object.entries(parts)) if (value) form.set(name, typeof value === 'object' ? JSON.stringify(value) : value);
  return read('/api/search', { method: 'POST', body: form, signal });
}

async function showFound(place, state, shown, signal) {
  let reply = await search(state, first, signal);
  if (signal.aborted) return;
  const { results } = reply;
  if (results.length === 0) {
    if (!isFiltered(state)) {
      const isEmpty = (await read('/api/health', { signal }).catch(() => null))?.index?.documents === 0;
      if (!signal.aborted)
        fill(
          place,
          isEmpty
            ? await noImages(() => showResults(place, state, signal))
            : empty(
                t('search.nothing'),
                t('search.nothingHint'),
                state.mode && h('a', { class: 'button', href: address({ ...state, mode: '' }) }, t('search.loosen')),
              ),
        );
      return;
    }
    const loose = { ...state, ...Object.fromEntries(Object.keys(filters(emptyState())).map((name) => [name, ''])), after: '', before: '' };
    fill(
      place,
      empty(t('search.nonePass'), t('search.nonePassHint'), h('a', { class: 'button', href: address(loose) }, t('search.unfiltered'))),
    );
    return;
  }
  const border = reply.mode === 'vector' ? borderOf(results.map((result) => result.similarity)) : null;
  const link = (image) => address(state, image.id);
  const take = (from, to) => {
    const images = reply.results.slice(from, to);
    shown.push(...images);
    return images.length > 0 && grid(images, link);
  };
  const after = border?.after ?? 0;
  fill(
    place,
    summary(
      t(results.length === 1 ? 'search.onlyOne' : 'search.nearest'),
      t('search.took', { ms: reply.tookMs, model: reply.model }),
      reply.clear === false && unclear(),
    ),
    after > 0 && take(0, after),
    after > 0 && mark(border),
  );
  unroll(
    place,
    async (batch) => {
      if (shown.length >= most) return null;
      if (shown.length === reply.results.length && reply.results.length === first)
        reply = await search(state, most, signal).catch(() => reply);
      const more = take(shown.length, Math.min(most, shown.length + batch));
      return more ? [more] : end(shown.length === most ? t('search.end', { count: most }) : null, place);
    },
    signal,
  );
}

async function showNewest(place, state, shown, signal) {
  let continuation;
  const page = async (top) => {
    const reply = await read(query('/api/browse', { ...filters(state), top, continuation }), { signal });
    continuation = reply.continuation;
    shown.push(...reply.images);
    return reply.images;
  };
  const [images, health] = await Promise.all([page(60), read('/api/health', { signal }).catch(() => null)]);
  if (signal.aborted) return;
  const filtered = isFiltered(state);
  if (images.length === 0 && !continuation) {
    fill(
      place,
      filtered
        ? empty(t('search.nonePass'), t('search.nonePassHint'), h('a', { class: 'button', href: '/ui' }, t('search.showAll')))
        : await noImages(() => showResults(place, state, signal)),
    );
    return;
  }
  const link = (image) => address(state, image.id);
  fill(
    place,
    summary(t(filtered ? 'search.newestFiltered' : 'search.newest'), health && t('count.images', { count: health.index.documents })),
    grid(images, link),
  );
  unroll(
    place,
    async () => {
      if (!continuation) return null;
      if (shown.length >= most) {
        const more = h(
          'button',
          {
            type: 'button',
            onclick: async () => {
              window.scrollTo(0, 0);
              shown.length = 0;
              fill(place, summary(t('search.further'), ''), grid(await page(60), link));
              unroll(place, async (batch) => (continuation && shown.length < most ? [grid(await page(batch), link)] : null), signal);
            },
          },
          t('search.older'),
        );
        place.append(h('div', { class: 'buttons centred' }, more));
        return null;
      }
      return [grid(await page(120), link)];
    },
    signal,
  );
}

const isFiltered = (state) => Object.values(filters(state)).some(Boolean);
const noImages = async (show) =>
  empty(
    t('search.empty'),
    t('search.emptyHint'),
    h('a', { class: 'button primary', href: '/ui/upload' }, t('search.upload')),
    await samplesButton(show),
  );
const summary = (title, facts, note) =>
  h('div', { class: 'summary' }, h('h2', {}, h('span', { role: 'status' }, title)), note, facts && h('p', {}, facts));

function end(text, place) {
  if (text) place.append(h('p', { class: 'waiting' }, text));
  return null;
}

/** For words the app decides whether anything clearly matches; for picture queries the gaps decide. */
const unclear = () => h('p', { class: 'mark none' }, t('search.unclear'));

function mark({ after, times, limit }) {
  const help = h(
    'div',
    { id: 'border-help', popover: 'auto', class: 'help' },
    h('p', {}, t('search.border', { times: decimal(times, 1), limit: decimal(limit, 1) })),
  );
  return h(
    'div',
    { class: 'mark' },
    h('span', {}, t('search.standOut', { count: after })),
    h('button', { type: 'button', class: 'quiet', popovertarget: 'border-help' }, t('search.why')),
    help,
  );
}

import { read } from '../api.js';
import { fill, h } from '../dom.js';
import { wordOf } from '../search/facets.js';
import { t, word } from '../texts.js';
import { isGone } from './stage.js';

const settled = 250;

/** What two pictures share and how they differ, as far as that is certain. It comes when it is there, for a pair that is looked at. */
export function pairFacts(kept, member, leaving) {
  const place = h('div', { class: 'pair', role: 'status' });
  if (isGone(kept)) return place;
  const timer = setTimeout(async () => {
    try {
      const { facts } = await read('/api/compare', { method: 'POST', json: { a: kept.id, b: member.id }, signal: leaving });
      fill(place, h('p', {}, sentences(facts).join(' ')));
    } catch {
      // One of the two is gone, or has no vectors of this model: then nothing is known of both.
    }
  }, settled);
  leaving.addEventListener('abort', () => clearTimeout(timer));
  return place;
}

function sentences(facts) {
  const [shared] = facts;
  return [
    word('pair', shared.kind),
    shared.a?.length > 0 && shared.kind !== 'oneKind' && t('pair.both', { things: named('objects', shared.a) }),
    ...facts.slice(1).map(difference),
    facts.length === 1 && shared.kind !== 'sameFile' && t('compare.noOther'),
  ].filter(Boolean);
}

/** Null for what the table beside it tells. */
function difference({ kind, a, b, count }) {
  if (kind === 'sizes') return null;
  if (kind === 'shows') return t('pair.shows', { a: named('objects', a), b: named('objects', b) });
  if (kind === 'kinds') return t('pair.kinds', { a: named('style', a), b: named('style', b) });
  if (kind === 'cropped') return t('pair.cropped', { sides: a.map((side) => word('side', side)).join(', ') });
  if (kind === 'places') return t('pair.places', { count });
  return word('pair', kind);
}

const named = (facet, values) => values.map((value) => wordOf(facet, value)).join(', ');

import { h } from '../dom.js';
import { bytes, date, nameOf, pixels, similarity } from '../format.js';
import { picture } from '../picture.js';
import { t } from '../texts.js';

const shownAtOnce = 24;
const obstacles = ['alreadySo', 'undecided', 'neverLoses', 'keptGone'];
const moveTexts = { swap: 'moveSwap', quarantine: 'moveQuarantine', merge: 'moveMerge', trash: 'moveTrash', restore: 'moveRestore' };

/** What the rule would do, in numbers. */
export function sums(counts) {
  const parts = [
    counts.swaps && t('rule.sumSwap', { count: counts.swaps }),
    counts.quarantined && t('rule.sumQuarantine', { count: counts.quarantined }),
    counts.trashed && t('rule.sumTrash', { count: counts.trashed, bytes: bytes(counts.bytesFreed) }),
    counts.restored && t('rule.sumRestore', { count: counts.restored }),
    counts.merged && t('rule.sumMerge', { count: counts.merged }),
  ]
    .filter(Boolean)
    .join(', ');
  const rest = counts.pairs - counts.changes;
  return h(
    'p',
    {},
    t('rule.sum', { pairs: t('rule.pairCount', { count: counts.pairs }), groups: t('rule.groupCount', { count: counts.groups }) }),
    ' ',
    h('strong', {}, counts.changes === 0 ? t('rule.noChange') : t('rule.change', { count: counts.changes, parts })),
    rest > 0 && counts.changes > 0 && ` ${t('rule.unchanged', { count: rest })}`,
  );
}

/** The pairs with their pictures, those that change first; more on request. */
export function pairList(pairs) {
  const sorted = [...pairs].sort((a, b) => (b.moves.length > 0) - (a.moves.length > 0));
  const list = h('ul', { class: 'rule-pairs' });
  const button = h('button', { type: 'button', class: 'quiet', onclick: more }, t('rule.more'));
  more();
  return [list, button];

  function more() {
    list.append(...sorted.splice(0, shownAtOnce).map(pair));
    button.hidden = sorted.length === 0;
  }
}

function pair({ kept, moved, winnerId, by: decided, moves: planned, obstacle, mergedTags, similarity: cosine }) {
  const isSwapped = winnerId === moved.id;
  return h(
    'li',
    { class: planned.length > 0 ? 'rule-pair' : 'rule-pair unchanged' },
    side(kept, planned.length > 0 && winnerId === kept.id),
    side(moved, isSwapped && planned.length > 0),
    h(
      'p',
      {},
      planned.length > 0 ? sentence() : obstacles.includes(obstacle) && t(`rule.${obstacle}`),
      ' ',
      h('span', { class: 'hint number' }, Number.isFinite(cosine) && similarity(cosine)),
    ),
  );

  function sentence() {
    const loser = isSwapped ? kept : moved;
    const said = planned.filter((move) => move !== 'quarantine' || !planned.includes('swap'));
    const parts = said.map((move) =>
      t(`rule.${moveTexts[move]}`, {
        name: nameOf((['swap', 'restore', 'quarantine'].includes(move) ? moved : loser).path),
        tags: mergedTags.join(', '),
      }),
    );
    return [...parts, decided && t('rule.decidedBy', { what: t(`rule.${decided}`) })].filter(Boolean).join(' ');
  }
}

const side = (image, isWinner) =>
  h(
    'figure',
    { class: isWinner ? 'wins' : null },
    picture(image, 160, { alt: nameOf(image.path) }),
    h(
      'figcaption',
      { class: 'hint', title: image.path },
      isWinner && h('span', { class: 'pill' }, t('rule.winner')),
      ' ',
      nameOf(image.path),
      h('br'),
      [pixels(image), image.bytes > 0 && bytes(image.bytes), image.uploadedAt && date(image.uploadedAt)].filter(Boolean).join(' · '),
    ),
  );

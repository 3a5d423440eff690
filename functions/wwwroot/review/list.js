import { t } from '../texts.js';

/** The cards of the view in the order of the page: {element, …}. */
export function cardList(list, total) {
  const cards = new WeakMap();
  const elements = () => [...list.querySelectorAll('.member:not(.leaving)')];

  return {
    add: (card) => cards.set(card.element, card),
    current: () => cards.get(document.activeElement?.closest?.('.member:not(.leaving)')),
    /** How many follow the current one. */
    left: () => elements().length - elements().indexOf(document.activeElement?.closest?.('.member')) - 1,
    first: (groups) => cards.get(groups.map((group) => group.querySelector('.member')).find(Boolean)),
    at,
    position,
    focus,
    move(step) {
      const here = this.current();
      const next = here ? at(here, step) : cards.get(elements().at(step > 0 ? 0 : -1));
      if (next) focus(next);
    },
  };

  function at(card, step) {
    const all = elements();
    const here = all.indexOf(card.element);
    return here >= 0 ? cards.get(all[here + step]) : undefined;
  }

  function position(card) {
    const all = elements();
    const shown = list.querySelectorAll('.member').length;
    return t('review.position', { at: all.indexOf(card.element) + 1, count: Math.max(total() ?? 0, shown) });
  }

  function focus(card) {
    const target = card.element.isConnected ? card.element : elements()[0];
    target?.querySelector('button')?.focus({ preventScroll: true });
    target?.scrollIntoView({ block: 'nearest' });
  }
}

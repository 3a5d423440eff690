import { send } from '../api.js';
import { withEach } from '../batch.js';
import { confirm } from '../confirm.js';
import { date, nameOf } from '../format.js';
import { t } from '../texts.js';
import { toast } from '../toast.js';
import { lossOf } from './better.js';
import { History } from './history.js';

const undoSeconds = 6;

/**
 * What can be done with cards: {member, kept, better, element, box, gone()}. Everything but deleting for good can be undone, for as long
 * as the view is open. `changed(id)` is told when the group of a kept image must be read again, or all if there is no id.
 */
export function actions(leaving, { onselect, changed }) {
  const cards = new Set();
  const waiting = new Map();
  const history = new History();
  window.addEventListener('pagehide', flush, { signal: leaving });
  leaving.addEventListener('abort', flush);

  return {
    add(card) {
      cards.add(card);
      card.box.addEventListener('change', report);
    },
    clear() {
      flush();
      cards.clear();
      report();
    },
    selectAll(checked) {
      for (const card of cards) if (!card.element.classList.contains('leaving')) card.box.checked = checked;
      report();
    },
    decisionsOn,
    undoable,
    undo: () => history.undo(),
  };

  /** What can be done with a card, or with several of one kind: a name, its text in `review`, and what it does. */
  function decisionsOn({ member, kept }) {
    if (member.status !== 'quarantined') {
      return kept.status === 'indexed' ? { callCopy: { text: 'callCopy', key: 'q', look: 'quiet', act: callCopy } } : {};
    }
    const back = { restore: { text: 'restore', key: 'r', look: 'quiet', act: restore } };
    return member.trashedAt
      ? {
          ...back,
          untrash: { text: 'untrash', look: 'quiet', act: untrash },
          trash: { text: 'remove', key: 'd', look: 'quiet delete', act: remove },
        }
      : {
          ...(kept.status === 'indexed' ? { swap: { text: 'swap', key: 's', look: 'quiet', act: swap } } : {}),
          ...back,
          trash: { text: 'trash', key: 'd', look: 'quiet delete', act: trash },
        };
  }

  function report() {
    onselect([...cards].filter(({ box, element }) => box.checked && element.isConnected));
  }

  /** Waits a moment for an undo; afterwards an undo moves them again. */
  function restore(chosen) {
    mark(chosen, true);
    const run = async () => {
      waiting.delete(run);
      close();
      await each(chosen, (card) => post(`/api/quarantine/${card.member.id}/restore`), 'restored');
    };
    const entry = history.add(async () => {
      close();
      if (waiting.has(run)) {
        clearTimeout(waiting.get(run));
        waiting.delete(run);
        mark(chosen, false);
      } else {
        await again(chosen, (card) => post(`/api/duplicates/${card.member.id}/quarantine`), 'quarantinedAgain');
      }
    });
    const close = toast(t('review.restoring', subject(chosen)), {
      seconds: 0,
      action: { label: t('page.undo'), run: () => history.undo(entry) },
    });
    waiting.set(run, setTimeout(run, undoSeconds * 1000));
  }

  async function swap(chosen) {
    mark(chosen, true);
    const swapped = [];
    await each(
      chosen,
      async (card) => {
        const { replaced, kept } = await (await post(`/api/duplicates/${card.member.id}/swap`)).json();
        if (replaced.status !== 'quarantined') throw new Error(replaced.reason ?? t('review.bothStay', { name: nameOf(replaced.path) }));
        swapped.push({ card, replaced, kept });
      },
      'swapped',
    );
    if (swapped.length === 0) return;
    undoable(t('review.swapped', subject(swapped.map(({ card }) => card))), async () => {
      for (const { replaced, kept } of swapped) {
        await post(`/api/duplicates/${replaced.id}/swap`);
        changed(kept.id, replaced.id);
      }
    });
    for (const { card, kept } of swapped) changed(card.kept.id, kept.id);
  }

  async function callCopy(chosen) {
    mark(chosen, true);
    const done = await each(chosen, (card) => post(`/api/duplicates/${card.member.id}/quarantine`), 'quarantined');
    if (done.length > 0) {
      undoable(t('review.calledCopy', subject(done)), () =>
        again(done, (card) => post(`/api/quarantine/${card.member.id}/restore`), 'restored'),
      );
    }
  }

  /** Asks only if something would be lost that cannot be had from what was kept. */
  async function trash(chosen) {
    const loss = lossOf(chosen);
    const sure =
      !loss ||
      (await confirm({
        title: t('review.trashTitle', subject(chosen)),
        text: loss,
        action: t('review.trashAction'),
      }));
    if (!sure) return;
    mark(chosen, true);
    let until;
    const done = await each(
      chosen,
      async (card) => {
        until = (await (await post(`/api/quarantine/${card.member.id}/trash`)).json()).deletedAfter;
      },
      'trashed',
      { silent: true },
    );
    if (done.length === 0) return;
    undoable(t('review.inTrash', { ...subject(done), date: date(until) }), () => again(done, takeOut, 'untrashed'));
  }

  async function untrash(chosen) {
    mark(chosen, true);
    const done = await each(chosen, takeOut, 'untrashed', { silent: true });
    if (done.length > 0) {
      undoable(t('review.outOfTrash', subject(done)), () =>
        again(done, (card) => post(`/api/quarantine/${card.member.id}/trash`), 'trashed'),
      );
    }
  }

  async function remove(chosen) {
    const sure = await confirm({
      title: t('review.removeTitle', subject(chosen)),
      text: [lossOf(chosen) ?? t('review.keptStay'), t('review.noUndo')].join(' '),
      action: t('review.removeAction'),
    });
    if (!sure) return;
    mark(chosen, true);
    await each(chosen, (card) => send(`/api/quarantine/${card.member.id}`, { method: 'DELETE' }), 'deleted');
  }

  function undoable(text, run) {
    const entry = history.add(async () => {
      close();
      await run();
    });
    const close = toast(text, { seconds: 20, action: { label: t('page.undo'), run: () => history.undo(entry) } });
  }

  /** Reverses a finished action: the cards are no longer there, so their groups are read again. */
  async function again(chosen, act, done) {
    await each(chosen, act, done, { gone: false });
    for (const id of new Set(chosen.map(({ kept }) => kept.id))) changed(id);
  }

  async function each(chosen, act, done, { silent, gone = true } = {}) {
    const finished = await withEach(
      chosen,
      async (card) => {
        await act(card);
        if (!gone) return;
        cards.delete(card);
        card.gone();
      },
      done,
      { silent, failed: (card) => mark([card], false) },
    );
    report();
    return finished;
  }

  function mark(chosen, isLeaving) {
    for (const { element, box } of chosen) {
      element.classList.toggle('leaving', isLeaving);
      element.inert = isLeaving;
      box.checked = false;
    }
    report();
  }

  function flush() {
    for (const [run, timer] of [...waiting]) {
      clearTimeout(timer);
      run();
    }
  }
}

const post = (path) => send(path, { method: 'POST', keepalive: true });
const takeOut = (card) => send(`/api/quarantine/${card.member.id}/trash`, { method: 'DELETE' });
const subject = (chosen) => ({ count: chosen.length, name: nameOf(chosen[0].member.path) });

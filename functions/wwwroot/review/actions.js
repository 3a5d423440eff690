import { send } from '../api.js';
import { confirm } from '../confirm.js';
import { many, nameOf } from '../format.js';
import { toast } from '../toast.js';

const undoSeconds = 6;
const atOnce = 4;

/** Restoring waits a moment for an undo; deleting asks first. Operates on cards: {member, kept, element, box, gone()}. */
export function actions(leaving, onselect) {
  const cards = new Set();
  const waiting = new Map();
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
    restore,
    remove,
  };

  function report() {
    onselect([...cards].filter(({ box, element }) => box.checked && element.isConnected));
  }

  function restore(chosen) {
    mark(chosen, true);
    const words = chosen.length === 1 ? `“${nameOf(chosen[0].member.path)}” goes back to where it was` : `${many(chosen.length, 'image')} go back to where they were`;
    const run = async () => {
      waiting.delete(run);
      close();
      await each(chosen, (card) => send(`/api/quarantine/${card.member.id}/restore`, { method: 'POST', keepalive: true }), 'put back');
    };
    const close = toast(`${words}, and will not count as duplicates again.`, {
      seconds: 0,
      action: { label: 'Undo', run: () => { clearTimeout(waiting.get(run)); waiting.delete(run); mark(chosen, false); } },
    });
    waiting.set(run, setTimeout(run, undoSeconds * 1000));
  }

  async function remove(chosen) {
    const last = chosen.filter(({ kept }) => kept.status === 'removed').length;
    const sure = await confirm({
      title: chosen.length === 1 ? `Delete “${nameOf(chosen[0].member.path)}” for good?` : `Delete ${many(chosen.length, 'image')} for good?`,
      text: last > 0
        ? `The kept image of ${last === 1 ? 'one of them' : `${last} of them`} has been deleted as well: nothing would be left. This cannot be undone.`
        : 'The images that were kept stay. This cannot be undone.',
      action: 'Delete for good',
    });
    if (!sure) return;
    mark(chosen, true);
    await each(chosen, (card) => send(`/api/quarantine/${card.member.id}`, { method: 'DELETE' }), 'deleted');
  }

  async function each(chosen, act, done) {
    const todo = [...chosen];
    const faults = [];
    let finished = 0;
    const one = async () => {
      for (let card = todo.shift(); card; card = todo.shift()) {
        try {
          await act(card);
          finished++;
          cards.delete(card);
          card.gone();
        } catch (error) {
          faults.push(error.message);
          mark([card], false);
        }
      }
    };
    await Promise.all(Array.from({ length: atOnce }, one));
    report();
    if (finished > 0) toast(`${many(finished, 'image')} ${done}.`);
    if (faults.length > 0) toast(`${many(faults.length, 'image')} could not be ${done}: ${faults[0]}`, { seconds: 12, role: 'alert' });
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

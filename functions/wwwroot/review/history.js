import { parts, t } from '../texts.js';
import { reason, toast } from '../toast.js';

/** What has been done in a view, so that it can be undone, the latest first. */
export class History {
  #entries = [];

  add(undo) {
    const entry = { undo };
    this.#entries.push(entry);
    return entry;
  }

  /** Undoes an entry, by default the latest. */
  async undo(entry = this.#entries.at(-1)) {
    const at = this.#entries.indexOf(entry);
    if (at < 0) {
      toast(t('review.nothingToUndo'));
      return;
    }
    this.#entries.splice(at, 1);
    try {
      await entry.undo();
    } catch (error) {
      this.#entries.push(entry);
      toast(parts('review.notUndone', { reason: reason(error) }), { seconds: 12, role: 'alert' });
    }
  }
}

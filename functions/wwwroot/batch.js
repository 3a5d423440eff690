import { parts, t } from './texts.js';
import { reason, toast } from './toast.js';

const atOnce = 4;

/** Does something with each image, a few at once, and says what came of it by the texts `done` and `undone`. Returns those with which it was done. */
export async function withEach(images, act, done, { silent = false, values = {}, failed = () => {} } = {}) {
  const todo = [...images];
  const faults = [];
  const finished = [];
  const work = async () => {
    for (let image = todo.shift(); image; image = todo.shift()) {
      try {
        await act(image);
        finished.push(image);
      } catch (error) {
        faults.push(error);
        failed(image);
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  if (finished.length > 0 && !silent) toast(t(`done.${done}`, { ...values, count: finished.length }));
  if (faults.length > 0)
    toast(parts(`undone.${done}`, { ...values, count: faults.length, reason: reason(faults[0]) }), { seconds: 12, role: 'alert' });
  return finished;
}

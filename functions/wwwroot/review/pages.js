import { query, read } from '../api.js';

const page = 20;
const largest = 100;
const mostDoubtful = 2000;

/**
 * The groups, page by page. The API lists the most alike first; the doubtful ones are at its end, so for them all groups are read first,
 * up to a limit.
 */
export function pages({ sort, status, continuation, signal, progress }) {
  let shown = 0;
  let rest;
  const ask = async (top, order) => {
    const reply = await read(query('/api/duplicates', { sort: order, status, top, continuation }), { signal });
    continuation = reply.continuation;
    return reply.groups;
  };
  return {
    shown: () => shown,
    continuation: () => continuation,
    isAtEnd: () => (rest ? rest.length === 0 : !continuation),
    async next() {
      const groups = sort === 'doubtful' ? await doubtful() : await some();
      shown += groups.length;
      return groups;
    },
  };

  async function some() {
    let groups = await ask(page, sort);
    while (groups.length === 0 && continuation) groups = await ask(page, sort);
    return groups;
  }

  async function doubtful() {
    if (!rest) {
      rest = [];
      do {
        rest.push(...(await ask(largest, 'confidence')));
        progress(rest.length);
      } while (continuation && rest.length < mostDoubtful);
      for (const { members } of rest) members.reverse();
      rest.sort((a, b) => likeness(a) - likeness(b));
    }
    return rest.splice(0, page);
  }
}

const likeness = ({ members }) => Math.min(...members.map(({ similarity }) => similarity ?? 1));

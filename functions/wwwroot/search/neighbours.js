import { query, read } from '../api.js';
import { fill, h } from '../dom.js';
import { nameOf, similarity } from '../format.js';
import { picture } from '../picture.js';
import { t } from '../texts.js';

/** The images most like one, in their place below its facts. */
export async function showNeighbours(image, body) {
  const place = body.querySelector('.neighbours');
  try {
    const { results } = await read(`/api/images/${encodeURIComponent(image.id)}/similar?top=6`);
    if (results.length === 0 || !place.isConnected) return;
    fill(
      place,
      h('h3', {}, t('detail.neighbours')),
      h(
        'ul',
        {},
        results.map((other) =>
          h(
            'li',
            {},
            h(
              'a',
              {
                href: query('/ui', { id: image.id, image: other.id }),
                title: other.path,
                'aria-label': t('detail.neighbour', { name: nameOf(other.path), similarity: similarity(other.similarity) }),
              },
              picture(other, 160),
              h('span', { class: 'number' }, similarity(other.similarity)),
            ),
          ),
        ),
      ),
    );
  } catch {
    // The record is shown; its neighbours are a bonus.
  }
}

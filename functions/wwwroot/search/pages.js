import { query, read } from '../api.js';
import { h, icon } from '../dom.js';
import { t } from '../texts.js';
import { complain } from '../toast.js';

let wanted;

/** From a page of a document to the one before and the next; `open` gets the id of a page. */
export function pagesOf(image, open) {
  const [path, page] = [image.sheet?.path ?? image.path, image.page ?? 1];
  const go = async (number) => {
    try {
      open((await read(query('/api/images', { path: `${path}#page=${number}` }))).id);
    } catch (error) {
      complain(error);
    }
  };
  const button = (label, name, number) =>
    h(
      'button',
      { type: 'button', 'aria-label': t(label), disabled: number < 1 || number > image.pages, onclick: () => go(number) },
      icon(name),
    );
  return h(
    'div',
    { class: 'pages' },
    button('detail.pageBefore', 'left', page - 1),
    h('span', {}, t('detail.pageOf', { page, count: image.pages })),
    button('detail.pageNext', 'right', page + 1),
  );
}

/** Further places of a found document; `open` gets the one that is chosen. */
export function placesOf(found, image, open) {
  const places = [found, ...found.parts].filter(({ id, region }) => id !== image.id || region);
  return (
    places.length > 1 &&
    h(
      'div',
      { class: 'places' },
      h('span', {}, t('detail.otherPlaces')),
      places.map((place, at) =>
        h(
          'button',
          {
            type: 'button',
            onclick: () => {
              wanted = place;
              open(place);
            },
          },
          found.pages > 1 ? t('detail.page', { page: place.page }) : String(at + 1),
        ),
      ),
    )
  );
}

/** The place that was chosen last, if it is on this image; undefined if none was. */
export function chosenPlace(id) {
  const place = wanted?.id === id ? wanted.region : undefined;
  wanted = undefined;
  return place;
}

// The filters by what a picture shows. Everything that names them takes them from here; their texts are in `narrow`.

/** Filters with several values, each a row of the panel. */
export const rows = [
  { name: 'style' },
  { name: 'objects' },
  { name: 'categories' },
  { name: 'color', isColour: true },
  { name: 'background', isColour: true },
  { name: 'subject' },
  { name: 'framing' },
  { name: 'copySpace' },
  { name: 'orientation' },
];

/** Filters that are true or false; they share a row. */
export const flags = ['bw', 'isolated', 'transparent'];

export const names = [...rows.map(({ name }) => name), ...flags];

export const listOf = (text) =>
  (text ?? '')
    .split(',')
    .map((value) => value.trim())
    .filter(Boolean);

// The filters by what a picture shows. Everything that names them takes them from here.

/** Filters with several values, each a row of the panel. */
export const rows = [
  { name: 'style', label: 'Kind of picture' },
  { name: 'objects', label: 'Shows' },
  { name: 'color', label: 'Colours', isColour: true },
  { name: 'background', label: 'Around it', isColour: true },
  { name: 'subject', label: 'Subject' },
  { name: 'framing', label: 'How near' },
  { name: 'copySpace', label: 'Room for words' },
  { name: 'orientation', label: 'Shape' },
];

/** Filters that are true or false; they share a row. */
export const flags = [
  { name: 'bw', label: 'black and white' },
  { name: 'isolated', label: 'one thing on a plain ground' },
  { name: 'transparent', label: 'transparent' },
];

export const names = [...rows, ...flags].map(({ name }) => name);

export const listOf = (text) => (text ?? '').split(',').map((value) => value.trim()).filter(Boolean);

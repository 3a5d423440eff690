// Writes normalization.txt: the tables of Unicode normalisation, as this Node.js knows them. node normalization.mjs
// D x y…: full canonical decomposition; K x y…: full compatibility decomposition where it differs;
// P a b x: a and b compose to x; R x…: combining marks of one class, the classes in rising order.
import { writeFileSync } from 'node:fs';

const hex = text => Array.from(text, c => c.codePointAt(0).toString(16)).join(' ');
const lines = [];
const marks = [];
for (let code = 0x80; code <= 0x10ffff; code++) {
  if ((code >= 0xd800 && code <= 0xdfff) || (code >= 0xac00 && code <= 0xd7a3)) continue;
  const c = String.fromCodePoint(code);
  const canonical = c.normalize('NFD');
  const compatible = c.normalize('NFKD');
  if (canonical !== c) lines.push(`D ${hex(c + canonical)}`);
  if (compatible !== canonical) lines.push(`K ${hex(c + compatible)}`);
  const parts = Array.from(canonical);
  if (parts.length > 1 && c.normalize('NFC') === c) {
    lines.push(`P ${hex(parts.slice(0, -1).join('').normalize('NFC') + parts.at(-1) + c)}`);
  }
  // A mark changes places with one of a lower class behind it, or of a higher class before it.
  if (canonical === c && /\p{M}/u.test(c)) {
    const moves = (c + '\u0334').normalize('NFD') !== c + '\u0334' || ('\u0345' + c).normalize('NFD') !== '\u0345' + c || c === '\u0345';
    if (moves) marks.push(c);
  }
}

const order = (a, b) => ((a + b).normalize('NFD') !== a + b ? 1 : (b + a).normalize('NFD') !== b + a ? -1 : 0);
marks.sort(order);
for (let i = 0; i < marks.length;) {
  const start = i;
  while (i < marks.length && order(marks[start], marks[i]) === 0) i++;
  lines.push(`R ${hex(marks.slice(start, i).join(''))}`);
}

writeFileSync(new URL('normalization.txt', import.meta.url), `# Unicode ${process.versions.unicode}\n${lines.join('\n')}\n`);

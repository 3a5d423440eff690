// Photographs, and what people make of them: smaller, recompressed, cropped, marked, and the same again.
import { readdir, readFile } from 'node:fs/promises';
import sharp from 'sharp';

const folder = new URL('../../tests/Fixtures/photos/', import.meta.url);
const mark = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="150" height="34"><rect width="150" height="34" fill="#000" fill-opacity=".5"/><text x="12" y="24" font-size="18" fill="#fff" font-family="sans-serif">example.org</text></svg>');

/** What people make of a photograph, by what it is called. */
export const edited = {
  small: async (bytes) => sharp(bytes).resize(Math.round((await sharp(bytes).metadata()).width * 0.6)).jpeg({ quality: 82 }).toBuffer(),
  web: (bytes) => sharp(bytes).jpeg({ quality: 28 }).toBuffer(),
  crop: async (bytes) => {
    const { width, height } = await sharp(bytes).metadata();
    return sharp(bytes).extract({ left: Math.round(width * 0.03), top: Math.round(height * 0.02), width: Math.round(width * 0.94), height: Math.round(height * 0.95) }).jpeg({ quality: 92 }).toBuffer();
  },
  marked: (bytes) => sharp(bytes).composite([{ input: mark, gravity: 'southeast' }]).jpeg({ quality: 88 }).toBuffer(),
};

export async function* photographs() {
  for (const file of (await readdir(folder)).filter((name) => name.endsWith('.jpg')).sort()) {
    const bytes = await readFile(new URL(file, folder));
    const name = file.replace('.jpg', '');
    yield { name: `${name}.jpg`, bytes, original: true };
    yield { name: `small/${name}-small.jpg`, bytes: await edited.small(bytes) };
    yield { name: `web/${name}-low-quality.jpg`, bytes: await edited.web(bytes) };
    yield { name: `edited/${name}-crop.jpg`, bytes: await edited.crop(bytes) };
    yield { name: `edited/${name}-marked.jpg`, bytes: await edited.marked(bytes) };
    yield { name: `again/${name} (1).jpg`, bytes };
  }
}

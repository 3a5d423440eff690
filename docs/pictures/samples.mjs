// The sample pictures of `--demo`: photographs and what people make of them, drawings, pages and an animation. Writes local/samples.
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { drawings } from './collection.mjs';
import { edited } from './photographs.mjs';

const samples = fileURLToPath(new URL('../../local/samples/', import.meta.url));
const [openCv, scikitImage, scikitLearn] = [new URL('../../tests/Fixtures/photos/', import.meta.url), process.argv[2], process.argv[3]];
if (!scikitLearn) throw new Error('Usage: node samples.mjs FOLDER-OF-SKIMAGE/data FOLDER-OF-SKLEARN/datasets/images');

const originals = [
  ...(await readdir(openCv)).filter((name) => name.endsWith('.jpg')).map((name) => [name.replace('.jpg', ''), fileURLToPath(new URL(name, openCv))]),
  ...Object.entries({ astronaut: 'astronaut.png', bricks: 'brick.png', cat: 'chelsea.png', coffee: 'coffee.png', galaxies: 'hubble_deep_field.jpg', grass: 'grass.png', gravel: 'gravel.png', photographer: 'camera.png', rocket: 'rocket.jpg', 'wall-clock': 'clock_motion.png' })
    .map(([name, file]) => [name, join(scikitImage, file)]),
  ...Object.entries({ dahlia: 'flower.jpg', pagoda: 'china.jpg' }).map(([name, file]) => [name, join(scikitLearn, file)]),
];

for (const folder of ['animations', 'documents', 'drawings', 'photographs']) await rm(join(samples, folder), { recursive: true, force: true });

const photographs = new Map();
for (const [name, file] of originals) {
  const bytes = file.endsWith('.jpg') && file.includes('Fixtures') ? await readFile(file) : await sharp(file).resize(560, 560, { fit: 'inside', withoutEnlargement: true }).jpeg({ quality: 84 }).toBuffer();
  photographs.set(name, bytes);
  await write(`photographs/${name}.jpg`, bytes);
}

const made = { small: ['butterfly', 'cat', 'dahlia', 'home', 'rocket'], web: ['coffee', 'fruits', 'pagoda'], crop: ['astronaut', 'building'], marked: ['cat', 'orange'] };
for (const [kind, names] of Object.entries(made)) {
  for (const name of names) await write(`photographs/${kind}/${name}-${kind}.jpg`, await edited[kind](photographs.get(name)));
}
await write('photographs/again/coffee (1).jpg', photographs.get('coffee'));
await write('photographs/scanned/cat.tif', await sharp(photographs.get('cat')).resize(360).tiff({ compression: 'jpeg', quality: 90 }).toBuffer());

const shown = new Map();
for await (const { name, png } of drawings(110)) {
  shown.set(name, png);
  await write(`drawings/${name}.webp`, await sharp(png).resize(256).webp({ quality: 80 }).toBuffer());
}
// The same drawing in another colour is another drawing.
for (const name of ['lizard', 'necktie']) await write(`drawings/colours/${name}.webp`, await sharp(shown.get(name)).resize(256).modulate({ hue: 140 }).webp({ quality: 80 }).toBuffer());

await write('documents/leaflet.tif', await pages(['school', 'open-book', 'pencil'].map((name) => shown.get(name)), { tiff: { compression: 'deflate' } }));
await write('animations/ball.gif', await pages(await Promise.all(Array.from({ length: 6 }, (_, step) => sharp(shown.get('soccer-ball')).rotate(step * 60, { background: '#ffffff' }).resize(200, 200).png().toBuffer())), { gif: { delay: Array(6).fill(120), loop: 0 } }));

async function pages(pictures, { tiff, gif }) {
  const flat = await Promise.all(pictures.map((picture) => sharp(picture).resize(200, 200).flatten({ background: '#ffffff' }).toBuffer()));
  const joined = sharp(flat, { join: { animated: true } });
  return gif ? joined.gif(gif).toBuffer() : joined.tiff(tiff).toBuffer();
}

async function write(name, bytes) {
  const file = join(samples, name);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, bytes);
}

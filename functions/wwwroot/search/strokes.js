import { fromText, toText } from './state.js';

// A sketch is a list of strokes {colour, width, points: [x, y, x, y, …]} in a square of 256 × 256, so that it fits in a URL.

export const side = 256;
export const colours = ['#1d1c1a', '#d33a2c', '#ef8a17', '#f2c811', '#3f9142', '#2f7fd1', '#7a4fb5', '#8a5a3b', '#ffffff'];
export const colourNames = ['black', 'red', 'orange', 'yellow', 'green', 'blue', 'violet', 'brown', 'eraser'];
export const eraser = 8;
export const widths = [3, 7, 14, 26];
export const shapes = ['free', 'line', 'rectangle', 'ellipse'];
const most = 12_000;

/** The points of a shape between two corners; a shape is a stroke like any other. */
export function shapePoints(shape, [left, top], [right, bottom]) {
  if (shape === 'line') return [left, top, right, bottom];
  if (shape === 'rectangle') return [left, top, right, top, right, bottom, left, bottom, left, top];
  const points = [];
  for (let step = 0; step <= 48; step++) {
    const turn = (step / 24) * Math.PI;
    points.push(
      Math.round((left + right + (right - left) * Math.cos(turn)) / 2),
      Math.round((top + bottom + (bottom - top) * Math.sin(turn)) / 2),
    );
  }
  return points;
}

export function draw(canvas, strokes, photo) {
  const context = canvas.getContext('2d');
  const scale = canvas.width / side;
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, side, side);
  if (photo) {
    const fit = side / Math.max(photo.width, photo.height);
    const [across, down] = [photo.width * fit, photo.height * fit];
    context.drawImage(photo, (side - across) / 2, (side - down) / 2, across, down);
  }
  context.lineCap = context.lineJoin = 'round';
  for (const { colour, width, points } of strokes) {
    context.strokeStyle = colours[colour];
    context.lineWidth = widths[width];
    context.beginPath();
    context.moveTo(points[0], points[1]);
    for (let at = 0; at < points.length; at += 2) context.lineTo(points[at], points[at + 1]);
    context.stroke();
  }
}

/** The picture to search with: drawn at twice the size for smooth lines. */
export function toBlob(strokes, photo) {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = side * 2;
  draw(canvas, strokes, photo);
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
}

export function encodeStrokes(strokes) {
  const bytes = [];
  for (const { colour, width, points } of strokes) {
    for (let from = 0; from < points.length; from += 508) {
      const part = points.slice(from, from + 510);
      bytes.push((colour << 4) | width, part.length / 2, ...part);
    }
  }
  return toText(Uint8Array.from(bytes.slice(0, most)));
}

/** Decodes the output of `encodeStrokes`; from anything else, keeps what makes sense. */
export function decodeStrokes(text) {
  const strokes = [];
  let bytes;
  try {
    bytes = fromText(text ?? '');
  } catch {
    return strokes;
  }
  for (let at = 0; at + 1 < bytes.length;) {
    const [colour, width, count] = [bytes[at] >> 4, bytes[at] & 15, bytes[at + 1]];
    const points = Array.from(bytes.slice(at + 2, at + 2 + count * 2));
    at += 2 + count * 2;
    if (colour < colours.length && width < widths.length && points.length >= 2 && points.length % 2 === 0)
      strokes.push({ colour, width, points });
  }
  return strokes;
}

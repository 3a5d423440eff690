// The sketch of the README: an umbrella, in the units of a sketch (256 to a side).

const arc = (x, y, radius, from, to, steps, flat = 1) => Array.from({ length: steps + 1 }, (_, step) => {
  const angle = (from + ((to - from) * step) / steps) * Math.PI;
  return [x + radius * Math.cos(angle), y + radius * flat * Math.sin(angle)];
});

export const umbrella = [
  { colour: 'violet', width: 3, points: [...arc(128, 125, 78, 1, 2, 24, 0.85), ...arc(128, 122, 52, 2, 1, 16, 0.8), ...arc(128, 118, 28, 1, 2, 10, 0.8), [100, 122], [160, 122]] },
  { colour: 'black', width: 2, points: [[128, 125], [128, 150], [128, 175], [128, 205], ...arc(116, 205, 12, 0, 1, 8)] },
];

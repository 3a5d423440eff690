// Finds where results stop being clearly better than the rest. The best of many similar values lie farther apart towards the top: the gap below rank k is about 1/k of the usual one. So each gap is multiplied by its rank. If nothing stands out, these products have the same exponential distribution, and the widest of m exceeds ln(m / 0.05) means in one search of twenty. A wider one is a border.

const ranks = 50;
const chance = 0.05;
const fewest = 20;

/** {after, times, limit} for similarities in falling order; `after` is null if nothing stands out, the result is null if there are too few. */
export function borderOf(similarities) {
  const gaps = similarities.slice(0, -1).map((similarity, index) => (index + 1) * (similarity - similarities[index + 1]));
  if (gaps.length < fewest) return null;
  const considered = Math.min(ranks, Math.floor(gaps.length / 2));
  // Half of exponential values are below ln 2 of their mean; unlike the mean, the median is robust against a few wide gaps.
  const usual = median(gaps) / Math.LN2;
  if (!(usual > 0)) return null;
  let widest = 0;
  for (let rank = 1; rank < considered; rank++) if (gaps[rank] > gaps[widest]) widest = rank;
  const [times, limit] = [gaps[widest] / usual, Math.log(considered / chance)];
  return { after: times > limit ? widest + 1 : null, times, limit };
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Median and range of the quotients of two series that ran in turn. */
export function quotient(ours, theirs) {
  const quotients = ours.map((value, round) => value / theirs[round]);
  return { median: median(quotients), low: Math.min(...quotients), high: Math.max(...quotients) };
}

/** Runs the actions in turn, `rounds` times; resolves to one series for each. The first round warms up and is thrown away. */
export async function interleave(rounds, actions) {
  const series = actions.map(() => []);
  for (let round = -1; round < rounds; round++) {
    for (const [index, action] of actions.entries()) {
      const value = await action();
      if (round >= 0) series[index].push(value);
    }
  }
  return series;
}

/** `reached`, `falls short`, or nothing where there is no aim. */
export function verdictOf({ value, aim }) {
  if (aim === undefined) return '';
  const isReached = aim.atLeast !== undefined ? value.median >= aim.atLeast : value.median <= aim.atMost;
  return isReached ? 'reached' : 'falls short';
}

const number = (value) => (value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2));
const range = ({ median, low, high }) => (low === high ? number(median) : `${number(median)} (${number(low)} to ${number(high)})`);
const aimText = (aim) => (aim === undefined ? '' : aim.atLeast !== undefined ? `at least ${aim.atLeast}` : `at most ${aim.atMost}`);

/** A Markdown table that reads well as plain text too. */
export function renderTable(rows) {
  const cells = [['what', 'median (range)', 'unit', 'aim', '', 'detail'], ...rows.map((row) => [row.what, range(row.value), row.unit, aimText(row.aim), verdictOf(row), row.detail ?? ''])];
  const widths = cells[0].map((_, column) => Math.max(...cells.map((row) => row[column].length)));
  const lines = cells.map((row) => `| ${row.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`);
  lines.splice(1, 0, `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`);
  return lines.join('\n');
}

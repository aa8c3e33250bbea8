/** What somebody meant by a name that does not exist. @module */

/** The one name within a third of the letters of what was asked for, if there is one. */
export function nearest(wanted: string, names: Iterable<string>): string | undefined {
  let best: { name: string; distance: number } | undefined;
  for (const name of names) {
    // A difference in length alone takes as many changes.
    if (Math.abs(name.length - wanted.length) > name.length / 3) continue;
    const distance = editDistance(wanted.toLowerCase(), name.toLowerCase());
    if (distance <= name.length / 3 && (best === undefined || distance < best.distance)) {
      best = { name, distance };
    }
  }
  return best?.name;
}

function editDistance(a: string, b: string): number {
  let previous: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      // Two letters in each other's place are one mistake.
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swapped = isSwapped ? previous[j - 2]! + 1 : Infinity;
      next.push(Math.min(substitution, swapped, row[j]! + 1, next[j - 1]! + 1));
    }
    [previous, row] = [row, next];
  }
  return row[b.length]!;
}

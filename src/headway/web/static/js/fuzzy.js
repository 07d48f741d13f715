// Fuzzy matching: the letters in their order, best where words begin and where they stand together.
export function score(text, wanted) {
  const within = text.toLocaleLowerCase();
  const letters = wanted.toLocaleLowerCase().replace(/\s+/g, "");
  if (!letters) return 1;
  const whole = within.indexOf(wanted.toLocaleLowerCase());
  if (whole >= 0) return 100 - whole - within.length / 100 + (whole === 0 || within[whole - 1] === " " ? 50 : 0);
  let points = 0;
  let from = 0;
  let before = -2;
  for (const letter of letters) {
    const at = within.indexOf(letter, from);
    if (at < 0) return 0;
    points += at === before + 1 ? 3 : at === 0 || /[\s:–-]/.test(within[at - 1]) ? 4 : 1;
    before = at;
    from = at + 1;
  }
  // letters that lie far apart mean something else
  return points < letters.length * 2 ? 0 : points - within.length / 100;
}

export function rank(things, wanted, label) {
  if (!wanted) return things;
  return things
    .map((thing, place) => ({ thing, place, points: score(label(thing), wanted) }))
    .filter(({ points }) => points > 0)
    .sort((a, b) => b.points - a.points || a.place - b.place)
    .map(({ thing }) => thing);
}

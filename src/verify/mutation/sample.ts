/**
 * @param seed the same seed draws the same
 * @returns `size` of the items, in their order; all where there are no more
 */
export function sample<Item>(items: readonly Item[], size: number, seed: number): Item[] {
  const random = generator(seed);
  const places = items.map((_, place) => place);
  // Fisher and Yates: the first `size` places are drawn.
  for (let place = 0; place < Math.min(size, places.length); place++) {
    const other = place + Math.floor(random() * (places.length - place));
    [places[place], places[other]] = [places[other] as number, places[place] as number];
  }
  return places
    .slice(0, size)
    .sort((one, other) => one - other)
    .map((place) => items[place] as Item);
}

/** Mulberry32. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

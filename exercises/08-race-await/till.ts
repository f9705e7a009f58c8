/** A shop's till. Prices and the price list come over the network. */
export interface Till {
  /** Taken so far, in this process's memory. */
  total: number;
  /** The price list, once somebody has begun to download it. */
  prices?: Promise<string>;
  /** Greets the customer; answers when the greeting has been shown. */
  greet(): Promise<void>;
  price(): Promise<number>;
  download(): Promise<string>;
}

/** Adds the price of one item to the total. */
export async function addInOneLine(till: Till): Promise<void> {
  await till.greet();
  till.total += await till.price();
}

/** Adds the price of one item to the total. */
export async function addInTwoLines(till: Till): Promise<void> {
  await till.greet();
  const price = await till.price();
  till.total += price;
}

/** Gives the price list, which is to be downloaded once. */
export async function priceList(till: Till): Promise<string> {
  await till.greet();
  till.prices ??= till.download();
  return await till.prices;
}

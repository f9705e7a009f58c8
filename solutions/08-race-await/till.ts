/** A shop's till. Prices and the price list come over the network. */
export interface Till {
  /** The sum of all prices so far. It lives in the memory of this process. */
  total: number;
  /** The price list, from the moment when its download starts. */
  prices?: Promise<string>;
  /** Shows a greeting to the customer. */
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

/** Returns the price list. It is downloaded at most once, however many customers ask. */
export async function priceList(till: Till): Promise<string> {
  await till.greet();
  till.prices ??= till.download();
  return await till.prices;
}

export function answers(): { addInOneLine: string; addInTwoLines: string; priceList: string } {
  return {
    // `total += await …` reads the total before it waits, and writes after.
    addInOneLine: 'ABAB',
    // Read and write of the total stand together, with no await between.
    addInTwoLines: 'safe',
    // Test and assignment stand together: what is stored is the promise, before anybody waits for it.
    priceList: 'safe',
  };
}

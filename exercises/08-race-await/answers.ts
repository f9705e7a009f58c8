/** Task 3: for each function of till.ts either 'safe', or an order of the answers that breaks it when A and B call it at once. */
export function answers(): { addInOneLine: string; addInTwoLines: string; priceList: string } {
  throw new Error('Not implemented yet');
}

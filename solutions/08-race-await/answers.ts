/**
 * Task 3: says which functions of till.ts are safe when customers A and B call them at the same time.
 * @returns for each function 'safe', or a complete schedule, such as 'AABB', that makes it go wrong
 */
export function answers(): { addInOneLine: string; addInTwoLines: string; priceList: string } {
  return {
    // `total += await …` reads the total before the await and writes it afterwards.
    addInOneLine: 'ABAB',
    // The read and the write of the total have no await between them.
    addInTwoLines: 'safe',
    // The test and the assignment have no await between them: the promise is stored before anybody awaits it.
    priceList: 'safe',
  };
}

export const answers = () => ({ addInOneLine: 'ABAB', addInTwoLines: 'ABAB', priceList: 'ABAB' });

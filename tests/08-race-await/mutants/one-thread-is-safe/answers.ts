export const answers = () => ({ addInOneLine: 'safe', addInTwoLines: 'safe', priceList: 'safe' });

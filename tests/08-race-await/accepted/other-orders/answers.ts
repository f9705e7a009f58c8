export const answers = () => ({ priceList: 'safe', addInTwoLines: 'safe', addInOneLine: 'BAAB' });

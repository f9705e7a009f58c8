export const shortestLoss = () => 'BA BA';
export const smallestCount = () => `B ${'A '.repeat(8)} BA ${'BB'.repeat(4)} A`;

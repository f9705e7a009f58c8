export const losesA = () => 'ABBA';
export const losesB = () => 'BAAB';
export const keepsOnlyB = () => 'BACABC';

export const losesA = () => 'BAAB';
export const losesB = () => 'B A B A';
export const keepsOnlyB = () => 'CBAACB';

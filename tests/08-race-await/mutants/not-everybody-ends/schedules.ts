export const losesA = () => 'ABAB';
export const losesB = () => 'ABB';
export const keepsOnlyB = () => 'ABCAC';

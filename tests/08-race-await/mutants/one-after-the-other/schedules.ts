export const losesA = () => 'AABB';
export const losesB = () => 'BBAA';
export const keepsOnlyB = () => 'AACCBB';

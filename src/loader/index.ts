export { loaderFlags } from './flags.js';
export { stripAhead } from './strip-cached.js';

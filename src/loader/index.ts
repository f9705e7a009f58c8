export { hookedLoaderFlags, loaderFlags } from './flags.js';
export { stripAhead } from './strip-cached.js';

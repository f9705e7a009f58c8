// The web server of exercise 05.
export { pageIds, startPageServer, type PageServer, type PageServerOptions } from './page-server.ts';
export { serve } from './serve.ts';
